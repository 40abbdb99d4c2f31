#pragma once

#include "cli/arguments.h"
#include "engine/report.h"

namespace corolint {

// Writes the report in all the formats asked for, each whole or not at all; an error names the file. What
// people and editors read is `seen`, the report as seen from where they are.
llvm::Error write_outputs(const GateRequest& request, const Report& report, const Report& seen);

// Writes `bytes` to the file, whole or not at all; an error names it.
llvm::Error write_to_file(const std::string& file, const std::string& bytes);

}  // namespace corolint
