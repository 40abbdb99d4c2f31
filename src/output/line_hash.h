#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace corolint {

// Returns, for each line of the file `bytes`, what GitHub knows a finding on that line by: SARIF's
// `primaryLocationLineHash`, "<hash in hex>:<how many lines so far have it>".
std::vector<std::string> line_hashes(std::string_view bytes);

}  // namespace corolint
