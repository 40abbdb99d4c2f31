#include "engine/analysis.h"

#include <algorithm>
#include <exception>
#include <new>

#include "coroutines/functions.h"
#include "engine/export_facts.h"
#include "project/paths.h"
#include "rule/pass.h"
#include "unit/parse.h"

namespace corolint {

namespace {

template <typename Value>
void sort_and_unite(std::vector<Value>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// Adds a mistake of corolint's own to what is broken in the unit.
void add_internal_error(UnitResult& result, const std::string& file, const std::string& where,
                        const std::exception& error) {
  if (!result.broken) result.broken = {file, "", {}, 0};
  BrokenUnit& broken = *result.broken;
  broken.is_internal = true;
  broken.cause += (broken.cause.empty() ? "" : "; ") + std::string("internal error ") + where + ": " +
                  error.what() + ", please report it";
}

// A rule that fails costs its own findings in this unit, not those of the others.
void run_rule(const RuleEntry& rule, Pass pass, const std::string& file, UnitResult& result, UnitLog& log) {
  const auto timer = log.time("rule " + std::string(rule.name));
  try {
    rule.rule.check(pass);
    for (Finding& finding : pass.take_findings()) result.findings.push_back(std::move(finding));
    for (std::string& record : pass.take_records())
      result.facts.records.push_back({std::string(rule.name), std::move(record)});
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    add_internal_error(result, file, "in rule " + std::string(rule.name), error);
  }
}

std::vector<Function> functions_in(const Unit& unit, const Models& models, UnitLog& log) {
  const auto timer = log.time("coroutines");
  std::vector<Function> functions = functions_of(unit);
  llvm::DenseMap<const clang::CXXRecordDecl*, bool> known;  // few types, many parameters
  const auto suspends = [&](clang::QualType type) {
    const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
    if (!record) return false;
    const auto [at, is_new] = known.try_emplace(record, false);
    if (is_new) at->second = models.find(Role::stackful, type) != nullptr;
    return at->second;
  };
  for (Function& function : functions) function.look_for_stack(suspends);
  return functions;
}

UnitFacts facts_in(const Pass& pass, const UnitResult& result, const std::vector<std::string>& rules,
                   UnitLog& log) {
  const auto timer = log.time("facts");
  return export_facts(pass, result.suppressions, rules);
}

// Returns why the unit is broken. Without C++20 the compiler's own errors only puzzle: names are missing that
// stand in the headers.
std::string cause_of(const ParsedUnit& parsed) {
  if (!parsed.unit) return "does not parse";
  const std::string cause = "has errors: the functions that hold them were left out";
  const bool is_old = !parsed.unit->ast().getLangOpts().CPlusPlus20;
  return is_old ? cause + "; its command does not ask for C++20: add -std=c++20" : cause;
}

void analyse_into(UnitResult& result, const CompileCommand& command, const Analysis& analysis,
                  const std::string& file, const Prefix* prefix, UnitLog& log) {
  ParsedUnit parsed = parse(command, analysis.parsing, prefix, log);
  if (parsed.error_count > 0) result.broken = {file, cause_of(parsed), parsed.errors, parsed.error_count};
  if (!parsed.unit) return;
  const std::vector<Function> functions = functions_in(*parsed.unit, analysis.models, log);
  result.suppressions = suppressions_in(parsed.unit->comments(), analysis.suppressions);
  std::vector<std::string> names;
  for (const RuleEntry* rule : analysis.rules) names.emplace_back(rule->name);
  const RuleEntry no_rule{};
  const UnitModels models(analysis.models, parsed.unit->ast());
  const auto pass_for = [&](const RuleEntry& rule) {
    const auto silences = [&](const Place& place) {
      if (!suppressing(result.suppressions, rule.name, place.file, place.line)) return false;
      result.uses.push_back({place.file, place.line, std::string(rule.name)});
      return true;
    };
    return Pass(*parsed.unit, functions, models, rule, analysis.settings.options(rule, file), silences);
  };
  result.facts = facts_in(pass_for(no_rule), result, names, log);
  for (const RuleEntry* rule : analysis.rules) run_rule(*rule, pass_for(*rule), file, result, log);
  sort_and_unite(result.uses);
  auto& records = result.facts.records;
  sort_and_unite(records);
}

}  // namespace

UnitResult analyse(const CompileCommand& command, const Analysis& analysis, const Prefix* prefix,
                   UnitLog& log) {
  UnitResult result;
  const std::string file = from_root(command.file, analysis.parsing.root);
  try {
    analyse_into(result, command, analysis, file, prefix, log);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    add_internal_error(result, file, "in the analysis", error);
  }
  return result;
}

}  // namespace corolint
