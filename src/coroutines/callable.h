#pragma once

#include "clang/AST/Expr.h"

namespace corolint {

// Returns the function that `expr` is a callable for: a lambda, or the name of a function; else null.
const clang::FunctionDecl* callable_function(const clang::Expr* expr);

// Is `type` a wrapper of callables that return nothing: std::function<void(…)> and its kin?
bool calls_for_nothing(clang::QualType type);

}  // namespace corolint
