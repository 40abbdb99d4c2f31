#pragma once

// The ways in which an awaitable that a plain function returns runs on without what the function had: a
// local, a guard, a handler.

#include "rule/pass.h"

namespace corolint::unawaited {

inline constexpr Message uses_local{
    "local", "'{0}' is returned before it is done, and '{1}', which it uses, ends with this function"};
inline constexpr Message captures_local{
    "capture", "'{0}' is captured by reference and ends with this function, but the lambda runs later"};
inline constexpr Message guard{"guard", "'{1}' is released when this function returns, before '{0}' is done"};
inline constexpr Message out_of_try{
    "try", "'{0}' is returned out of the 'try', so the error of its work never comes to the handler"};

// Locals that the returned work refers to, by an argument or by a lambda that runs later.
void check_locals(Pass& pass, const Function& function, const clang::Expr* returned);
// Guards for coroutines (permits, locks that are awaited) that end before the work does.
void check_guards(Pass& pass, const Function& function, const clang::Expr* returned);
// Handlers that are there for the errors of the returned work.
void check_try(Pass& pass, const Function& function, const clang::Expr* returned);

// Returns the name of what `returned` calls.
std::string called_name(const clang::Expr* returned);

// Is the variable an object of its own that dies with the function?
bool dies_with(const Function& function, const clang::ValueDecl* variable);

}  // namespace corolint::unawaited
