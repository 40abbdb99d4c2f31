#pragma once

#include "engine/fixes.h"
#include "llvm/Support/Error.h"

namespace corolint {

// Writes what the files become, each whole and with the rights that it has; an error names the file.
llvm::Error write_fixed(const FixedFiles& fixed);

// Writes what the files were before.
llvm::Error take_back(const FixedFiles& fixed);

// Returns in a sentence how many findings are fixed, how many need --unsafe-fixes, and what was left out.
std::string fix_summary(const FixedFiles& fixed, bool is_done);

}  // namespace corolint
