#include <algorithm>

#include "cli/commands.h"
#include "cli/print.h"
#include "engine/own_rules.h"
#include "llvm/ADT/StringRef.h"
#include "rule/rule.h"

namespace corolint {

namespace {

std::string nearest_rule(const std::string& name) {
  const auto& rules = every_rule();
  for (const RuleEntry* rule : rules)
    if (rule->name.find(name) != std::string_view::npos) return std::string(rule->name);
  const auto nearest =
      std::min_element(rules.begin(), rules.end(), [&](const RuleEntry* a, const RuleEntry* b) {
        return llvm::StringRef(a->name).edit_distance(name) < llvm::StringRef(b->name).edit_distance(name);
      });
  return nearest == rules.end() ? std::string() : std::string((*nearest)->name);
}

}  // namespace

llvm::Expected<int> list_rules() {
  std::size_t width = 0;
  for (const RuleEntry* rule : every_rule()) width = std::max(width, rule->name.size());
  std::string text;
  for (const RuleEntry* rule : every_rule()) {
    const std::string name(rule->name),
        level(rule->rule.level == Level::none ? "off" : level_name(rule->rule.level));
    text += name + std::string(width + 2 - name.size(), ' ') + level + std::string(9 - level.size(), ' ') +
            rule->summary() + "\n";
    for (const Option& option : rule->rule.options)
      text += "    " + std::string(option.name) + ": " + spelled(option.standard) + "  " +
              std::string(option.what) + "\n";
  }
  return print(text);
}

llvm::Expected<int> explain(const std::string& name) {
  if (const RuleEntry* rule = find_rule(name))
    return print_bytes(llvm::StringRef(rule->page_with_options()).trim().str() + "\n");
  return llvm::createStringError("there is no rule '%s'; did you mean '%s'? 'corolint rules' lists them all",
                                 name.c_str(), nearest_rule(name).c_str());
}

}  // namespace corolint
