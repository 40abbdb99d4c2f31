#pragma once

#include "cli/arguments.h"
#include "engine/report.h"

namespace corolint {

// Sets the report's exit status, writes its outputs and its summary, and returns the status. `notices` are
// lines for stderr.
llvm::Expected<int> decide_and_show(const GateRequest& request, Report report,
                                    const std::vector<std::string>& notices);

}  // namespace corolint
