#pragma once

// The edits of a fix. None is given where code comes from a macro: what its author sees there is something
// else.

#include <initializer_list>
#include <optional>

#include "rule/finding.h"
#include "unit/unit.h"

namespace corolint {

// Returns the edit that puts `text` before the token at `at`, or after the one there.
std::optional<Edit> insertion_before(const Unit& unit, clang::SourceLocation at, std::string text);
std::optional<Edit> insertion_after(const Unit& unit, clang::SourceLocation at, std::string text);

// Returns the edit that puts `text` in the place of the tokens in `range`.
std::optional<Edit> replacement(const Unit& unit, clang::SourceRange range, std::string text);

// Returns the edits if there are all, else none: half a fix is none.
std::vector<Edit> all_or_none(std::initializer_list<std::optional<Edit>> edits);

}  // namespace corolint
