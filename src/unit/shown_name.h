#pragma once

#include <string>

#include "clang/AST/Decl.h"

namespace corolint {

// Returns how messages call `decl`: as display_name does, but with the standard library's alias for a class
// of characters, "std::ofstream::open" where the canonical name is "std::basic_ofstream::open".
std::string shown_name(const clang::NamedDecl& decl);

}  // namespace corolint
