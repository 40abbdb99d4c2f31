#pragma once

#include <string>

#include "llvm/Support/Error.h"

namespace corolint {

// Returns the bytes of the file; an error names it.
llvm::Expected<std::string> read_text(const std::string& file);

// Returns the working directory, absolute and with symlinks resolved.
llvm::Expected<std::string> working_directory();

}  // namespace corolint
