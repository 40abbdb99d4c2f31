#pragma once

#include <string>
#include <vector>

#include "engine/run.h"

namespace corolint {

// Writes a folder below `folder` for each of the units, whose analysis crashed, hung or ran out of memory: the
// compile command, the preprocessed source, the version of corolint, and the stack. Nothing if `folder` is
// empty. An error names the file that cannot be written.
llvm::Error write_reproducers(const std::string& folder, const std::vector<LostUnit>& lost,
                              const ParseSettings& parsing, const WorkerLimits& limits);

}  // namespace corolint
