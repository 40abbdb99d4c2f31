#pragma once

#include "clang/AST/DeclCXX.h"

namespace corolint {

// Returns the type that the class template was given at that position, from 0: `int` for 1 and
// `std::map<char, int>`. Null if `record` is null or was made from no template, if that was not given so
// many, or no type there.
clang::QualType type_argument(const clang::CXXRecordDecl* record, unsigned position = 0);

}  // namespace corolint
