#pragma once

#include <string>
#include <vector>

#include "llvm/Support/Error.h"

namespace corolint {

// Returns the paths that the file names, one a line; "-" is stdin. Files that are no C++ sources are left
// out, since such lists come from `git diff --name-only`, and `notices` says how many. A list that leaves
// nothing is an error: it must not mean the whole project.
llvm::Expected<std::vector<std::string>> listed_paths(const std::string& file,
                                                      std::vector<std::string>& notices);

}  // namespace corolint
