#pragma once

#include <string>
#include <vector>

#include "llvm/Support/Error.h"
#include "project/project.h"

namespace corolint {

// Rewrites the commands of a database that was made where folders have other names, as in a container: each
// of `maps` is "FROM=TO", and a path that is FROM or lies below it becomes TO, also within an argument. An
// error names the map that is not of that form.
llvm::Error map_paths(const std::vector<std::string>& maps, std::vector<CompileCommand>& commands);

}  // namespace corolint
