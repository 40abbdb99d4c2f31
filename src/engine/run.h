#pragma once

#include <functional>

#include "engine/analysis.h"
#include "engine/link.h"
#include "engine/plan.h"
#include "engine/workers.h"

namespace corolint {

// The facts of one unit as bytes, or why there are none.
struct UnitText {
  std::string text;  // as a facts file holds it
  BrokenUnit lost;   // if `text` is empty
  std::string log;   // what the worker that lost it said last: the stack of a crash
};

// Analyses the plan's units with these numbers in worker processes and returns their facts in that order.
// `progress` is told how many are done.
std::vector<UnitText> facts_of(const Plan& plan, const Analysis& analysis,
                               const std::vector<std::size_t>& units, const WorkerLimits& limits,
                               const std::function<void(std::size_t done)>& progress);

// Links the facts of all units of the plan and returns what there is to tell.
Report linked(const Plan& plan, const Analysis& analysis, std::vector<UnitText> units);

}  // namespace corolint
