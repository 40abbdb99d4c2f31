#pragma once

#include <string>
#include <vector>

namespace corolint {

// Returns the path by which Clang's driver is to know the command's compiler: for `-stdlib=libc++` it looks
// for that library's headers beside the compiler, so one in whose installation they lie: that of the command
// itself, else that of the Clang which corolint is built with. Without the flag, or where there is neither,
// what the command says.
std::string compiler_with_libcxx(const std::vector<std::string>& arguments, const std::string& resource_dir);

}  // namespace corolint
