#pragma once

// What the first words of a compile command say: the compiler, behind the launchers that build systems put
// before it.

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace corolint {

struct Compiler {
  bool is_cl = false;       // takes Visual C++'s flags
  bool is_cxx = false;      // takes any source for C++
  bool is_unknown = false;  // its name does not tell Clang's driver how to behave
  std::string target;       // what a cross compiler's name says: "aarch64-linux-gnu"; may be empty
};

// Drops what stands before the compiler: `ccache`, `distcc`, `env A=B`, `cmake -E env A=B` and the like.
void strip_launchers(std::vector<std::string>& arguments);

// Returns what the compiler's name and `--driver-mode=` say.
Compiler compiler_of(const std::vector<std::string>& arguments);

}  // namespace corolint
