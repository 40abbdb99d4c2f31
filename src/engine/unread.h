#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/rule_settings.h"

namespace corolint {

// Returns the C++ files below `root` that hold coroutines and that no unit has read: headers that nothing
// includes, sources that the compile database lacks. Relative to the root, sorted. `read` holds names as
// places have them. Hidden folders, build folders of CMake, and files where no rule is on do not count; nor
// does a file that cannot be read.
std::vector<std::string> unread_coroutines(const std::string& root, const std::set<std::string>& read,
                                           const RuleSettings& rules);

}  // namespace corolint
