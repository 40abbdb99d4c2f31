#pragma once

// What comments do to the findings of a program, and what is to be said of the comments themselves.

#include <set>
#include <vector>

#include "engine/report.h"
#include "engine/suppression.h"
#include "facts/call_graph.h"

namespace corolint {

// Moves the findings that a comment silences to `hidden`, with its reason, and adds where to `uses`.
void silence(const std::vector<Suppression>& suppressions, std::vector<Finding>& findings,
             std::vector<HiddenFinding>& hidden, std::set<SuppressionUse>& uses);

// The suppressions of a program and what is known of their use.
struct SuppressionReview {
  const std::vector<Suppression>& suppressions;
  const std::set<SuppressionUse>& uses;
  const SuppressionSettings& settings;
  const std::vector<const RuleEntry*>& rules;  // that ran over all units
  const CallGraph& graph;
  bool is_complete = false;  // every unit was analysed in full
};

// Returns findings about the suppressions: unused, without a name, without a reason.
std::vector<Finding> review(const SuppressionReview& review);

}  // namespace corolint
