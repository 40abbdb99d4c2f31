#pragma once

#include "clang/AST/ExprCXX.h"
#include "coroutines/function.h"

namespace corolint {

// Returns the function that `expr` is a callable for: a lambda, or the name of a function; else null.
const clang::FunctionDecl* callable_function(const clang::Expr* expr);

// Returns the function that a variable or field holds once `value` is stored in it: `&f`, a lambda or a
// variable that is one, either of them wrapped in a std::function; null if it cannot be seen.
const clang::FunctionDecl* stored_function(const clang::Expr* value);

// Returns the function as its author wrote it: for what was instantiated, of a generic lambda say, the
// template's.
const clang::FunctionDecl& as_written(const clang::FunctionDecl& function);

// Is `function` the body of the lambda, or of a generic one an instantiation?
bool is_body_of(const Function& function, const clang::LambdaExpr& lambda);

// Is `type` one whose values are called: a pointer to a function, or a wrapper of callables
// (std::function<void()> and whatever else is a template over a function's type)?
bool holds_callable(clang::QualType type);

// Is `type` a wrapper of callables that return nothing: std::function<void(…)> and its kin?
bool calls_for_nothing(clang::QualType type);

}  // namespace corolint
