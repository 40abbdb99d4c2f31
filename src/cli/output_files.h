#pragma once

#include "cli/arguments.h"
#include "cli/whole_file.h"
#include "engine/report.h"

namespace corolint {

// Returns an error if an output's file lies in no folder, or is one: better told before an analysis than
// after it.
llvm::Error check_outputs(const GateRequest& request);

// Writes the report in all the formats asked for, each whole or not at all; an error names the file. What
// people and editors read is `seen`, the report as seen from where they are.
llvm::Error write_outputs(const GateRequest& request, const Report& report, const Report& seen);

}  // namespace corolint
