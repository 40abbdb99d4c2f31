#include "cli/commands.h"
#include "cli/print.h"
#include "engine/own_rules.h"
#include "llvm/ADT/StringRef.h"
#include "project/nearest.h"

namespace corolint {

namespace {

// Returns the rules of the group, a line each.
std::string page_of_group(const std::string& group) {
  std::string text = "# " + group + "\n\nA group of rules:\n\n";
  for (const RuleEntry* rule : every_rule())
    if (rule->rule.group == group) text += "- " + std::string(rule->name) + ": " + rule->summary() + "\n";
  return text;
}

}  // namespace

llvm::Expected<int> explain(const std::string& name) {
  if (const RuleEntry* rule = find_rule(name))
    return print_bytes(llvm::StringRef(rule->page_with_options()).trim().str() + "\n");
  std::vector<std::string> names = rule_groups();
  if (std::find(names.begin(), names.end(), name) != names.end()) return print_bytes(page_of_group(name));
  for (const RuleEntry* rule : every_rule()) names.emplace_back(rule->name);
  return llvm::createStringError("there is no rule '%s'%s ('corolint rules' lists them)", name.c_str(),
                                 did_you_mean(name, names).c_str());
}

}  // namespace corolint
