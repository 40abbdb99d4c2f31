#pragma once

// Which foreign headers to parse once for which units. Pure: from what units include to a plan.

#include <optional>
#include <string>
#include <vector>

#include "engine/prefix_groups.h"
#include "unit/include_scan.h"

namespace corolint {

// A prefix to be made: headers that each of its units is sure to include.
struct PrefixPlan {
  std::vector<std::string> headers;  // as directives name them; without those of the base
  std::vector<std::size_t> units;    // sorted; all have the same flags
  std::optional<std::size_t> base;   // which of the plans, an earlier one, it goes on from

  friend bool operator==(const PrefixPlan&, const PrefixPlan&) = default;
};

// Returns the prefixes that save the most parsing: each unit is in at most one that has no base, and in at
// most one that goes on from that. Each saves more than it costs to make. `times` says how often each unit is
// to be parsed.
std::vector<PrefixPlan> choose_prefixes(const std::vector<UnitIncludes>& units,
                                        const std::vector<unsigned>& times, const SizeOf& size);

}  // namespace corolint
