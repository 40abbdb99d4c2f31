#pragma once

#include "coroutines/function.h"

namespace corolint {

// What becomes of the value of an expression.
enum class ValueUse {
  used,
  dropped,             // a statement of its own, the left of a comma, an arm of a `?:` that is dropped
  dropped_on_purpose,  // `(void)x`, `std::ignore = x`
};

// Returns what becomes of the value of `expr`, which is part of `function`.
ValueUse value_use(const Function& function, const clang::Expr* expr);

// Returns the type of the value of `expr`: also in a template that nobody has instantiated, where a call has
// none, if the functions that it may call agree.
clang::QualType value_type(const clang::Expr* expr);

// Is `expr` awaited, itself or as a part of what is awaited?
bool is_awaited(const Function& function, const clang::Expr* expr);

// Does `stmt`, a part of the function, name the variable?
bool mentions(const Function& function, const clang::Stmt* stmt, const clang::ValueDecl* variable);

// Returns the local variable that `expr` initialises, or null.
const clang::VarDecl* initialised_variable(const Function& function, const clang::Expr* expr);

// Returns the last expression that the local variable got its value from if nothing ever reads it: no use, or
// assignments only; else null.
const clang::Expr* unread_value(const Function& function, const clang::VarDecl& variable);

// Returns what the variable, which has an initialiser, is made from, through the copies and braces around it.
const clang::Expr* initial_value(const clang::VarDecl& variable);

// Returns what the value is made from, through the copies, conversions and braces around it.
const clang::Expr* made_from(const clang::Expr* value);

}  // namespace corolint
