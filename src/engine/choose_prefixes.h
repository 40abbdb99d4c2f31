#pragma once

// Which foreign headers to parse once for which units. Pure: from what units include to a plan.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "unit/include_scan.h"

namespace corolint {

// A prefix to be made: headers that each of its units is sure to include.
struct PrefixPlan {
  std::vector<std::string> headers;  // as directives name them
  std::vector<std::size_t> units;    // sorted; all have the same flags
};

// Returns the prefixes that save the most parsing: each unit is in at most one, and each prefix saves more
// than it costs to make. `size` returns what a file costs to parse.
std::vector<PrefixPlan> choose_prefixes(const std::vector<UnitIncludes>& units,
                                        const std::function<std::size_t(std::uint32_t)>& size);

}  // namespace corolint
