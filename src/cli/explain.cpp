#include <algorithm>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include "rule/rule.h"

namespace corolint {

namespace {

std::string nearest_rule(const std::string& name) {
  const auto& rules = all_rules();
  for (const RuleEntry& rule : rules)
    if (rule.name.find(name) != std::string_view::npos) return std::string(rule.name);
  const auto nearest =
      std::min_element(rules.begin(), rules.end(), [&](const RuleEntry& a, const RuleEntry& b) {
        return llvm::StringRef(a.name).edit_distance(name) < llvm::StringRef(b.name).edit_distance(name);
      });
  return nearest == rules.end() ? std::string() : std::string(nearest->name);
}

// Writes out what was printed; a failed write must not end the program with the status of findings.
llvm::Expected<int> printed() {
  llvm::outs().flush();
  if (!llvm::outs().has_error()) return exit_clean;
  const std::error_code error = llvm::outs().error();
  llvm::outs().clear_error();
  return llvm::createStringError("cannot write to stdout: %s", error.message().c_str());
}

}  // namespace

llvm::Expected<int> list_rules() {
  std::size_t width = 0;
  for (const RuleEntry& rule : all_rules()) width = std::max(width, rule.name.size());
  for (const RuleEntry& rule : all_rules())
    llvm::outs() << rule.name << std::string(width + 2 - rule.name.size(), ' ')
                 << llvm::left_justify(llvm::StringRef(level_name(rule.rule.level)), 9) << rule.summary()
                 << "\n";
  return printed();
}

llvm::Expected<int> explain(const std::string& name) {
  for (const RuleEntry& rule : all_rules())
    if (rule.name == name) {
      llvm::outs() << llvm::StringRef(rule.page).trim() << "\n";
      return printed();
    }
  return llvm::createStringError("there is no rule '%s'; did you mean '%s'? 'corolint rules' lists them all",
                                 name.c_str(), nearest_rule(name).c_str());
}

}  // namespace corolint
