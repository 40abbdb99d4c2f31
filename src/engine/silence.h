#pragma once

// What comments do to the findings of a program, and what is to be said of the comments themselves.

#include <set>
#include <vector>

#include "engine/report.h"
#include "engine/suppression.h"
#include "facts/call_graph.h"

namespace corolint {

// Moves the findings that a comment silences to `hidden`, with its reason. Returns where findings stand that
// a comment silences, or would silence if it held.
std::set<SuppressionUse> silence(const std::vector<Suppression>& suppressions, std::vector<Finding>& findings,
                                 std::vector<HiddenFinding>& hidden);

// The suppressions of a program and what is known of their use.
struct SuppressionReview {
  const std::vector<Suppression>& suppressions;
  const std::set<SuppressionUse>& uses;    // where a rule asked, whatever would have come of it
  const std::set<SuppressionUse>& hiding;  // where a finding stands
  const SuppressionSettings& settings;
  const std::vector<const RuleEntry*>& rules;  // that ran over all units
  const CallGraph& graph;
  bool is_complete = false;  // every unit was analysed in full
};

// Returns findings about the suppressions: unused, without a name, without a reason.
std::vector<Finding> review(const SuppressionReview& review);

}  // namespace corolint
