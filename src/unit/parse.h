#pragma once

#include "unit/unit.h"
#include "unit/unit_log.h"

namespace corolint {

struct Prefix;

// Parses the main file of `command` as the other `parse` does: with `prefix`, if there is one and the unit
// gives the same with it. Adds to `log` which files that took, how long, and why a prefix could not be used;
// `log` must outlive the unit, which may read more of its files later.
ParsedUnit parse(const CompileCommand& command, const ParseSettings& settings, const Prefix* prefix,
                 UnitLog& log);

}  // namespace corolint
