#pragma once

// What makes a finding the same finding after an edit elsewhere. Baselines and code review hosts store it, so
// its making has a version: `corolint/v1` is a digest of
//   - the rule,
//   - the entity that encloses it: the function with its parameters' types, without template arguments,
//   - the tokens of the code that it stands at,
//   - the function that its path ends in, but not the path: a helper moved out in between is no new mistake.
// Lines, columns, the path of the file, the level, the wording and the version of the tool are left out, so
// that shifting, reformatting, moving a file or rewording a rule keeps it. Twins in one function share it:
// whoever compares two runs has to match by number.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/report.h"

namespace corolint {

inline constexpr std::string_view fingerprint_version = "corolint/v1";

// Gives each finding of the report, hidden ones too, its anchor, its context and its fingerprint, from the
// sources below the root. With `files`: only those that stand in one of these.
void identify(Report& report, const std::set<std::string>* files = nullptr);

// Returns the tokens of `code`, with a blank between two that would else be one; without comments.
std::string tokens_of(std::string_view code);

// Returns the tokens with "$0", "$1", ... for the names that look like variables, in the order in which they
// first come: what stays when variables are renamed.
std::string shape_of(std::string_view code);

}  // namespace corolint
