#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/report.h"
#include "engine/suppression.h"
#include "facts/facts.h"

namespace corolint {

// What the analysis of one unit gave: a value that crosses from a worker to the process that asked for it.
struct UnitResult {
  std::vector<Finding> findings;
  UnitFacts facts;
  std::vector<Suppression> suppressions;
  std::vector<SuppressionUse> uses;  // sorted: what rules asked for and were silenced
  std::optional<BrokenUnit> broken;  // there if anything of the unit could not be analysed
};

}  // namespace corolint
