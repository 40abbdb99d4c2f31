#pragma once

#include <string>
#include <vector>

#include "models/models.h"

namespace corolint {

// Returns the shipped models together with those in `files` and those that the configuration of `folder`
// names; an error names the file, and the line and column of what does not fit.
llvm::Expected<Models> load_models(const std::vector<std::string>& files, const std::string& folder);

}  // namespace corolint
