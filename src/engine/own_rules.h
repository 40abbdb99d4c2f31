#pragma once

// Findings about suppressions. They have a name, a level and a page as those of the rules have, but no check:
// the link makes them.

#include <string>
#include <string_view>
#include <vector>

#include "rule/rule.h"

namespace corolint {

inline constexpr std::string_view unused_suppression = "unused-suppression";
inline constexpr std::string_view blanket_suppression = "blanket-suppression";
inline constexpr std::string_view unexplained_suppression = "unexplained-suppression";

// Returns them, sorted by name.
const std::vector<RuleEntry>& own_rules();

// Returns the rules and these, sorted by name.
const std::vector<const RuleEntry*>& every_rule();

// Returns the names of the groups that they form, sorted.
std::vector<std::string> rule_groups();

// Returns the one of that name, or null.
const RuleEntry* find_rule(std::string_view name);

}  // namespace corolint
