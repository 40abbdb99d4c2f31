#pragma once

#include <string>

#include "llvm/Support/Error.h"

namespace corolint {

// Returns the text of the file; see read_text_file.
llvm::Expected<std::string> read_text(const std::string& file);

// Returns the working directory, absolute and with symlinks resolved.
llvm::Expected<std::string> working_directory();

}  // namespace corolint
