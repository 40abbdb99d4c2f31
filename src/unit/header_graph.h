#pragma once

// Which files foreign headers bring with them, found out by preprocessing the directives of each and nothing
// else.

#include <string>
#include <utility>
#include <vector>

#include "unit/unit.h"

namespace corolint {

// An includer, empty for what the headers are named by, and a file that it includes, as Clang names both.
using IncludeEdge = std::pair<std::string, std::string>;

// Preprocesses `headers`, each as a directive names it (`<vector>`, `"x.h"`), one after another with the
// flags of `command`, and returns what includes what; files of the project are left out. What stands under a
// condition is included as it is in this order. None if Clang makes no compiler run of the command; what is
// not found is not included.
std::vector<IncludeEdge> include_edges(const CompileCommand& command, const ParseSettings& settings,
                                       const std::vector<std::string>& headers);

}  // namespace corolint
