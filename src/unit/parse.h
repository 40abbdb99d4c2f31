#pragma once

#include "unit/unit.h"
#include "unit/unit_log.h"

namespace corolint {

struct Prefix;

// Parses the main file of `command` as the other `parse` does, and adds to `log` which files that took and
// how long; `log` must outlive the unit, which may read more of its files later. With a `prefix`, which may
// be null, the unit is parsed on top of that, if nothing comes out different by it; the prefix's own files
// are not among the log's.
ParsedUnit parse(const CompileCommand& command, const ParseSettings& settings, const Prefix* prefix,
                 UnitLog& log);

}  // namespace corolint
