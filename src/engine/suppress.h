#pragma once

#include "engine/fixes.h"

namespace corolint {

// Returns the files of the report with a NOLINT comment for each finding, which gives the reason: behind the
// line where there is room, else above it.
FixedFiles with_suppressions(const Report& report, const std::string& reason);

}  // namespace corolint
