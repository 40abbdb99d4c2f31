#pragma once

#include <chrono>
#include <set>
#include <string>

namespace corolint {

// Waits until one of the files (absolute; they need not be there) is another than it is now, or has changed
// since `begin`, and then until they rest: editors and version control write several at once.
void wait_for_change(const std::set<std::string>& files, std::chrono::system_clock::time_point begin);

}  // namespace corolint
