#pragma once

#include <string>

#include "unit/unit.h"

namespace corolint {

// Returns the main file of `command` after preprocessing, comments kept; as far as it comes where a header is
// missing.
std::string preprocessed(const CompileCommand& command, const ParseSettings& settings);

}  // namespace corolint
