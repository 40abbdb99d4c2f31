#pragma once

// Small words that several formats spell alike.

#include "engine/report.h"

#include <string>
#include <string_view>
#include <vector>

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

// Returns the findings as hosts want them that show only so many: the worst first, else in the report's
// order.
std::vector<const Finding*> worst_first(const Report& report);

// Returns the name that formats give to what is told of a broken unit, as if it were a rule's.
inline constexpr std::string_view not_analysed = "unit-not-analysed";

// Returns the sentence about a broken unit: its file, the cause and the first compiler error.
std::string sentence_of(const BrokenUnit& unit);

// Returns the signal's name: "SIGINT".
std::string signal_name(int signal);

// Returns the sentence about a run that was interrupted: by what, and what is missing.
std::string interruption_sentence(const Report& report);

// Returns where the first compiler error of `unit` stands, else the start of its file.
Place place_of(const BrokenUnit& unit);

// Returns `text` as a sentence: with a full stop unless it ends in one already.
std::string as_sentence(std::string_view text);

}  // namespace corolint
