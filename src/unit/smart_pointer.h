#pragma once

#include "clang/AST/DeclCXX.h"

namespace corolint {

// Returns the class that a smart pointer of the type, or of the type it refers to, points to: that of the
// first argument of a template whose class, or a base of it, declares `->`. Null for all other types.
const clang::CXXRecordDecl* smart_pointee(clang::QualType type);

}  // namespace corolint
