#pragma once

#include <functional>

#include "engine/analysis.h"
#include "engine/report.h"

namespace corolint {

// Analyses the project's units in `jobs` worker processes and returns what there is to tell. The report's
// bytes do not depend on `jobs`. `progress` is told how many units are done.
Report run(const Project& project, const Analysis& analysis, unsigned jobs,
           const std::function<void(std::size_t done)>& progress);

}  // namespace corolint
