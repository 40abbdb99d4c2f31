#pragma once

#include "cli/arguments.h"
#include "engine/report.h"

namespace corolint {

// Returns the exit status that the report gives under the request.
int status_of(const Report& report, const GateRequest& request);

// Writes to stderr which units could not be analysed in full.
void tell_broken(const Report& report);

// Sets the report's exit status, writes its outputs and its summary, and returns the status. `notices` are
// lines for stderr.
llvm::Expected<int> decide_and_show(const GateRequest& request, Report report,
                                    std::vector<std::string> notices);

}  // namespace corolint
