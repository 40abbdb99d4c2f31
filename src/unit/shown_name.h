#pragma once

#include <string>

#include "clang/AST/Decl.h"
#include "unit/call.h"

namespace corolint {

// Returns how messages call `decl`: as display_name does, but with the standard library's alias for a class
// of characters, "std::ofstream::open" where the canonical name is "std::basic_ofstream::open".
std::string shown_name(const clang::NamedDecl& decl);

// Returns how messages call what is called: a method of a hidden base, std::__basic_future::wait, by the
// class of the object, "std::future::wait".
std::string shown_name(const Call& call);

}  // namespace corolint
