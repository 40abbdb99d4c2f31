#pragma once

#include <string>
#include <vector>

#include "engine/run.h"

namespace corolint {

// Writes a folder below `folder` for each of the units whose analysis crashed, hung or ran out of memory: the
// compile command, the preprocessed source, the version of corolint, and the stack. Nothing if `folder` is
// empty. `texts` are what became of `units`, in that order. An error names the file that cannot be written.
llvm::Error write_reproducers(const std::string& folder, const Plan& plan, const Analysis& analysis,
                              const std::vector<std::size_t>& units, const std::vector<UnitText>& texts,
                              const WorkerLimits& limits);

}  // namespace corolint
