#pragma once

#include <string>

#include "engine/report.h"

namespace corolint {

// Returns the report with its files named as somebody in `folder` (absolute, without symlinks) can open them:
// relative to it if they lie below it, else by their whole path, as compilers and ruff do.
Report seen_from(Report report, const std::string& folder);

}  // namespace corolint
