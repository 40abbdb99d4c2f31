#include "engine/processors.h"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <thread>

#include "llvm/ADT/StringRef.h"

namespace corolint {

namespace {

constexpr double no_limit = 1e9;

unsigned allowed_by_affinity() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) != 0)  // more processors than a cpu_set_t holds
    return std::max(std::thread::hardware_concurrency(), 1u);
  return static_cast<unsigned>(std::max(CPU_COUNT(&set), 1));
}

std::string text_of(const std::string& file) {
  std::ifstream stream(file);
  return (std::ostringstream() << stream.rdbuf()).str();
}

// Returns how many processors "QUOTA PERIOD" pays for.
double ratio(const std::string& text) {
  std::istringstream words(text);
  double quota = 0, period = 0;
  if (!(words >> quota >> period) || quota <= 0 || period <= 0) return no_limit;  // "max" and -1: no limit
  return quota / period;
}

// Version 2 tells both numbers in one file: https://docs.kernel.org/admin-guide/cgroup-v2.html
double quota_v2(const std::string& folder) {
  return ratio(text_of(folder + "/cpu.max"));
}

// Version 1: https://docs.kernel.org/scheduler/sched-bwc.html
double quota_v1(const std::string& folder) {
  return ratio(text_of(folder + "/cpu.cfs_quota_us") + " " + text_of(folder + "/cpu.cfs_period_us"));
}

// Returns the tightest limit of the group and those around it.
template <typename Quota>
double tightest(const std::string& top, std::string group, Quota quota) {
  double least = quota(top);
  for (; group.size() > 1; group.resize(group.rfind('/'))) least = std::min(least, quota(top + group));
  return least;
}

// A line is "ID:CONTROLLERS:GROUP"; that of version 2 names no controllers. In a container the group's path
// may be the host's, which is not there: then what the top says counts.
double allowed_by_quota(const std::string& proc, const std::string& cgroups) {
  std::istringstream lines(text_of(proc + "/cgroup"));
  double least = no_limit;
  for (std::string line; std::getline(lines, line);) {
    const llvm::StringRef rest = llvm::StringRef(line).split(':').second;
    const auto [controllers, group] = rest.split(':');
    if (controllers.empty())
      for (const char* mount : {"", "/unified"})
        least = std::min(least, tightest(cgroups + mount, group.str(), quota_v2));
    else if (("," + controllers.str() + ",").find(",cpu,") != std::string::npos)
      for (const std::string& mount : {std::string("/cpu"), "/" + controllers.str()})
        least = std::min(least, tightest(cgroups + mount, group.str(), quota_v1));
  }
  return least;
}

}  // namespace

unsigned usable_processors(const std::string& proc, const std::string& cgroups) {
  const double quota = std::ceil(allowed_by_quota(proc, cgroups));
  const unsigned affinity = allowed_by_affinity();
  return quota < affinity ? std::max(static_cast<unsigned>(quota), 1u) : affinity;
}

}  // namespace corolint
