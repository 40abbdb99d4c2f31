#include "engine/link.h"

#include <algorithm>
#include <tuple>

#include "engine/fingerprint.h"
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
  for (Record& record : result.facts.records) records_[record.rule].push_back(std::move(record.value));
  std::move(result.suppressions.begin(), result.suppressions.end(), std::back_inserter(suppressions_));
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
    auto& records = records_[std::string(rule->name)];
    sort_and_unite(records);
    const auto options_of = [&](const std::string& file) { return settings_.options(*rule, file); };
    Program program(graph_, models_, *rule, std::move(records), broken_.empty() && unseen_ == 0, options_of);
    rule->rule.conclude(program);
    for (Finding& finding : program.take_findings()) findings_.push_back(std::move(finding));
  }
}

void Linker::silence() {
  sort_and_unite(suppressions_);
  std::erase_if(findings_, [&](const Finding& finding) {
    return (reported_ && !reported_->contains(finding.place.file)) ||
           is_suppressed(suppressions_, finding.rule, finding.place.file, finding.place.line);
  });
}

Report Linker::report(const std::string& root) {
  graph_.finish();
  sort_and_merge(broken_);
  conclude();
  silence();
  apply_levels(settings_, findings_);
  sort_and_merge(findings_);
  identify(findings_, root);
  Report report;
  report.root = root;
  report.findings = std::move(findings_);
  if (!broken_.empty() || unseen_ > 0) report.unseen = unseen_functions(graph_);
  report.broken = std::move(broken_);
  report.rules = rules_;
  report.units = units_;
  return report;
}

}  // namespace corolint
