#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/plan.h"

namespace corolint {

// Returns the C++ files below the plan's root that hold coroutines and that no unit has read: headers that
// nothing includes, sources that the compile database lacks. Relative to the root, sorted. `read` holds names
// as places have them. What is no part of the project does not count: hidden folders, build folders of CMake,
// repositories in the repository, folders of system headers, and files where no rule is on; nor does a file
// that cannot be read.
std::vector<std::string> unread_coroutines(const Plan& plan, const std::set<std::string>& read);

}  // namespace corolint
