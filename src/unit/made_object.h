#pragma once

#include "clang/AST/DeclCXX.h"
#include "unit/call.h"

namespace corolint {

// Returns the constructor that a call runs in the place of its author: that of T for `make_shared<T>(…)`,
// `kj::heap<T>(…)`, `vector<T>::emplace_back(…)` and what else takes a class and the arguments for it. Null
// if the call is none of these, or if more than one constructor takes as many arguments.
const clang::CXXConstructorDecl* constructor_behind(const Call& call);

// Returns the class whose object the call makes from its arguments, as make_shared<T> and emplace_back do, or
// null.
const clang::CXXRecordDecl* class_made(const Call& call);

// Returns the class whose object the call makes and returns an owner of, as make_shared<T> does, or null.
const clang::CXXRecordDecl* class_made_for_owner(const Call& call);

}  // namespace corolint
