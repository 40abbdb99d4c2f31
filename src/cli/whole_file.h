#pragma once

#include <string>

#include "llvm/Support/Error.h"

namespace corolint {

// Writes `bytes` to the file, whole or not at all: whoever reads it, and whenever this process is killed,
// there is the old file or the new one. A pipe or a device takes the bytes as they come. An error names the
// file, and leaves nothing behind.
llvm::Error write_to_file(const std::string& file, const std::string& bytes);

}  // namespace corolint
