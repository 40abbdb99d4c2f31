#include "engine/analysis.h"

#include "coroutines/functions.h"
#include "rule/pass.h"

namespace corolint {

namespace {

// Returns the unit's path as reports show it: relative to the root if it lies below it.
std::string shown_file(const std::string& file, const std::string& root) {
  return file.starts_with(root + "/") ? file.substr(root.size() + 1) : file;
}

}  // namespace

UnitResult analyse(const CompileCommand& command, const Analysis& analysis) {
  UnitResult result;
  ParsedUnit parsed = parse(command, analysis.parsing);
  if (parsed.error_count > 0) {
    const std::string cause =
        parsed.unit ? "has errors: the functions that hold them were left out" : "does not parse";
    result.broken = {shown_file(command.file, analysis.parsing.root), cause, parsed.errors,
                     parsed.error_count};
  }
  if (!parsed.unit) return result;
  const std::vector<Function> functions = functions_of(*parsed.unit);
  for (const RuleEntry* rule : analysis.rules) {
    Pass pass(*parsed.unit, functions, analysis.models, *rule);
    rule->rule.check(pass);
    for (Finding& finding : pass.take_findings()) result.findings.push_back(std::move(finding));
  }
  return result;
}

}  // namespace corolint
