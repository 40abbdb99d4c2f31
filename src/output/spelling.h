#pragma once

// Small words that several formats spell alike.

#include "engine/report.h"

#include <string>
#include <string_view>

namespace corolint {

// Returns "file:line:column", or nothing for a place that is nowhere.
std::string spelled(const Place& place);

// Returns `count` with `noun`, in the plural unless `count` is one: "1 file", "2 files".
std::string counted(std::size_t count, std::string_view noun);

// Returns the number of findings of `level`.
std::size_t count_of(const Report& report, Level level);

// Returns the number of units that were analysed in full.
std::size_t analysed_units(const Report& report);

// Returns the rule that made `finding`, or null if the report does not list it.
const RuleEntry* rule_of(const Report& report, const Finding& finding);

}  // namespace corolint
