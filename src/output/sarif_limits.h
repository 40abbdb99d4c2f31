#pragma once

#include <cstddef>
#include <string_view>

#include "output/output.h"

namespace corolint {

// What a host takes in one log; beyond it the whole log is refused.
struct HostLimits {
  std::size_t results;
  std::size_t compressed_bytes;
};

// Returns the limits of the host that the profile is for. `full` has none.
HostLimits limits_of(SarifProfile profile);

// Returns how many bytes `log` takes as hosts measure it: compressed as gzip does, or as it is where LLVM has
// no zlib.
std::size_t compressed_size(std::string_view log);

}  // namespace corolint
