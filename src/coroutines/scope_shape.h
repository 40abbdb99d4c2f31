#pragma once

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"

namespace corolint {

// Does the method hand work over to a scope (a nursery, a wait group of the program's own)? By shape: it
// takes an awaitable by value or as an rvalue and returns nothing, and its class has another method, without
// parameters, whose result is to be awaited: the join.
bool adds_to_scope(const clang::CXXMethodDecl& method, const clang::ASTContext& context);

}  // namespace corolint
