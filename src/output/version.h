#pragma once

#include <string_view>

namespace corolint {

// Returns corolint's version, such as "0.1.0".
std::string_view tool_version();

// Returns the version of the Clang that corolint was built with, such as "22.1.8".
std::string_view clang_version();

}  // namespace corolint
