#pragma once

#include "output/source_text.h"
#include "rule/finding.h"

#include <string>
#include <string_view>

namespace corolint {

// Returns `code` without comments, blanks and line ends. What stands in quotes loses nothing.
std::string without_blanks(std::string_view code);

// Returns the identity `corolint/v1` of `finding`, 32 hex digits.
std::string fingerprint(const Finding& finding, SourceText& sources);

}  // namespace corolint
