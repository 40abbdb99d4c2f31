#pragma once

// The stage after the units: their facts become one call graph, each rule concludes from it, and what all
// found is one report. The order in which units come does not show in it.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/record_names.h"
#include "engine/report.h"
#include "engine/rule_settings.h"
#include "engine/unit_result.h"
#include "facts/call_graph.h"
#include "models/models.h"
#include "rule/rule.h"

namespace corolint {

class Linker {
 public:
  // `rules` are those that ran over the units, `settings` their levels and options.
  Linker(const Models& models, std::vector<const RuleEntry*> rules, RuleSettings settings = {},
         SuppressionSettings suppression_settings = {})
      : models_(models),
        rules_(std::move(rules)),
        settings_(std::move(settings)),
        suppression_settings_(suppression_settings) {}

  // Takes in what the analysis of a unit gave.
  void add(UnitResult result);
  // Takes in a unit of which nothing is known.
  void add_lost(BrokenUnit unit);
  // Takes in the facts of a unit that is not reported on.
  void add_context(UnitResult result);
  // Tells that there are units, not to be reported on, of which nothing is known.
  void add_unseen(std::size_t units) { unseen_ += units; }
  // Findings that stand in other files, named from the root, are not reported.
  void report_only(std::set<std::string> files) { reported_ = std::move(files); }

  // Solves, concludes, and returns what there is to tell; `root` is the project's, `unsaved` are texts that
  // stand for its files. To be called once.
  Report report(const std::string& root, const std::map<std::string, std::string>& unsaved = {});

  // Returns the call graph; complete once `report` has been called.
  const CallGraph& graph() const { return graph_; }

 private:
  void add_facts(UnitResult& result);
  void conclude();
  void judge_suppressions();
  bool is_asked_for(const RuleEntry& own) const;

  const Models& models_;
  std::vector<const RuleEntry*> rules_;
  RuleSettings settings_;
  SuppressionSettings suppression_settings_;
  CallGraph graph_;
  std::map<std::string, std::vector<RecordOfUnit>, std::less<>> records_;  // by rule
  std::vector<Suppression> suppressions_;
  std::set<SuppressionUse> uses_;
  std::vector<HiddenFinding> hidden_;
  std::vector<Finding> findings_;
  std::vector<BrokenUnit> broken_;
  std::optional<std::set<std::string>> reported_;
  std::size_t units_ = 0, facts_added_ = 0;
  std::size_t unseen_ = 0;
};

// Sorts findings by place and rule and keeps one of those that stand at the same place for the same rule: a
// header is seen by many units, a template by many instantiations.
void sort_and_merge(std::vector<Finding>& findings);

}  // namespace corolint
