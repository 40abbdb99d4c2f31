#pragma once

#include <string>

namespace corolint {

// Returns what changes whenever the program that analyses changes: a digest of the build ids that the linker
// wrote into this program and into the Clang and LLVM libraries that it runs with. Of a program without a
// build id it is the digest of its whole file.
std::string tool_id();

}  // namespace corolint
