#include "engine/link.h"

#include <algorithm>
#include <tuple>

#include "engine/fingerprint.h"
#include "engine/own_rules.h"
#include "engine/silence.h"
#include "engine/unseen.h"
#include "rule/program.h"

namespace corolint {

namespace {

// Several commands of one file that fail alike are told once.
void sort_and_merge(std::vector<BrokenUnit>& broken) {
  const auto key = [](const BrokenUnit& unit) { return std::tie(unit.file, unit.cause, unit.errors); };
  std::sort(broken.begin(), broken.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  broken.erase(std::unique(broken.begin(), broken.end(),
                           [&](const auto& a, const auto& b) { return key(a) == key(b); }),
               broken.end());
}

template <typename Value>
void sort_and_unite(std::vector<Value>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// A header is seen by many units: each of its hidden findings is kept once, too.
void sort_and_merge(std::vector<HiddenFinding>& hidden, const RuleSettings& settings) {
  std::map<Place, std::string> reasons;
  std::vector<Finding> findings;
  for (HiddenFinding& one : hidden) {
    reasons.emplace(one.finding.place, one.reason);
    findings.push_back(std::move(one.finding));
  }
  apply_levels(settings, findings);
  corolint::sort_and_merge(findings);
  hidden.clear();
  for (Finding& finding : findings) {
    const std::string& reason = reasons.at(finding.place);
    hidden.push_back({std::move(finding), HiddenFinding::By::comment, reason});
  }
}

}  // namespace

void sort_and_merge(std::vector<Finding>& findings) {
  const auto key = [](const Finding& finding) { return std::tie(finding.place, finding.rule); };
  std::sort(findings.begin(), findings.end(),
            [&](const Finding& a, const Finding& b) { return key(a) != key(b) ? key(a) < key(b) : a < b; });
  findings.erase(std::unique(findings.begin(), findings.end(),
                             [&](const Finding& a, const Finding& b) { return key(a) == key(b); }),
                 findings.end());
}

void Linker::add_facts(UnitResult& result) {
  graph_.add(result.facts);
  for (Record& record : result.facts.records)
    records_[record.rule].push_back({facts_added_, std::move(record.value)});
  ++facts_added_;
  std::move(result.suppressions.begin(), result.suppressions.end(), std::back_inserter(suppressions_));
  uses_.insert(result.uses.begin(), result.uses.end());
}

void Linker::add_context(UnitResult result) {
  add_facts(result);
  if (result.broken) ++unseen_;
}

void Linker::add(UnitResult result) {
  ++units_;
  add_facts(result);
  std::move(result.findings.begin(), result.findings.end(), std::back_inserter(findings_));
  if (result.broken) broken_.push_back(std::move(*result.broken));
}

void Linker::add_lost(BrokenUnit unit) {
  ++units_;
  broken_.push_back(std::move(unit));
}

void Linker::conclude() {
  for (const RuleEntry* rule : rules_) {
    if (!rule->rule.conclude) continue;
    auto records = with_own_names(graph_, std::exchange(records_[std::string(rule->name)], {}));
    sort_and_unite(records);
    const auto options_of = [&](const std::string& file) { return settings_.options(*rule, file); };
    Program program(graph_, models_, *rule, std::move(records), broken_.empty() && unseen_ == 0, options_of);
    rule->rule.conclude(program);
    for (const EdgeId id : program.cuts()) {
      const Place place = graph_.place(graph_.edges()[id]);
      uses_.insert({place.file, place.line, std::string(rule->name)});
    }
    for (Finding& finding : program.take_findings()) findings_.push_back(std::move(finding));
  }
}

// Is the rule, which is off, demanded by the settings for suppressions?
bool Linker::is_asked_for(const RuleEntry& own) const {
  return own.name == unexplained_suppression && suppression_settings_.require_reason;
}

void Linker::judge_suppressions() {
  sort_and_unite(suppressions_);
  const std::set<SuppressionUse> hiding = silence(suppressions_, findings_, hidden_);
  uses_.insert(hiding.begin(), hiding.end());
  const bool is_complete = broken_.empty() && unseen_ == 0;
  for (Finding& finding :
       review({suppressions_, uses_, hiding, suppression_settings_, rules_, graph_, is_complete}))
    findings_.push_back(std::move(finding));
  const auto is_left_out = [&](const Finding& finding) {
    return reported_ && !reported_->contains(finding.place.file);
  };
  std::erase_if(findings_, is_left_out);
  std::erase_if(hidden_, [&](const HiddenFinding& one) { return is_left_out(one.finding); });
}

Report Linker::report(const std::string& root, const std::map<std::string, std::string>& unsaved) {
  graph_.finish();
  sort_and_merge(broken_);
  conclude();
  judge_suppressions();
  apply_levels(settings_, findings_);
  sort_and_merge(findings_);
  sort_and_merge(hidden_, settings_);
  Report report;
  report.root = root;
  report.unsaved = unsaved;
  report.findings = std::move(findings_);
  if (!broken_.empty() || unseen_ > 0) report.unseen = unseen_functions(graph_);
  report.broken = std::move(broken_);
  report.rules = rules_;
  for (const RuleEntry& own : own_rules())
    if (settings_.is_on(own) || is_asked_for(own)) report.rules.push_back(&own);
  std::sort(report.rules.begin(), report.rules.end(),
            [](const RuleEntry* a, const RuleEntry* b) { return a->name < b->name; });
  report.hidden = std::move(hidden_);
  identify(report);
  report.units = units_;
  return report;
}

}  // namespace corolint
