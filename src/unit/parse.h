#pragma once

#include "unit/unit.h"
#include "unit/unit_log.h"

namespace corolint {

// Parses the main file of `command` as the other `parse` does, and adds to `log` which files that took and how
// long; `log` must outlive the unit, which may read more of its files later.
ParsedUnit parse(const CompileCommand& command, const ParseSettings& settings, UnitLog& log);

}  // namespace corolint
