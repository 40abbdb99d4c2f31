#pragma once

#include <string>

#include "clang/AST/Decl.h"
#include "unit/unit.h"

namespace corolint {

// Returns a name for the function that is the same in every unit: its USR (clang/Index/USRGeneration.h). A
// USR of something that only one file sees holds no more of that file than its base name, and one of a lambda
// not where it stands: such keys begin with the file's path, and a lambda's ends with its place.
std::string function_key(const clang::FunctionDecl& function, const Unit& unit);

// Returns likewise a name for a field, a global variable or a parameter.
std::string variable_key(const clang::ValueDecl& variable, const Unit& unit);

}  // namespace corolint
