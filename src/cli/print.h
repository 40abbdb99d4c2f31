#pragma once

#include <string>

#include "llvm/Support/Error.h"

namespace corolint {

// Writes `text` to stdout and returns the exit status for success; a failed write is an error, and must not
// end the program with the status of findings.
llvm::Expected<int> print(const std::string& text);

}  // namespace corolint
