#pragma once

#include <string>

namespace corolint {

// Returns how many processors this process may use: those that its affinity allows, and no more than the
// quota of its control groups (version 1 or 2) pays for, rounded up; at least 1. Container runtimes limit by
// quota, which the system's count of processors does not show. `proc` and `cgroups` are where the kernel
// tells of the process and of control groups.
unsigned usable_processors(const std::string& proc = "/proc/self",
                           const std::string& cgroups = "/sys/fs/cgroup");

}  // namespace corolint
