#pragma once

#include <optional>
#include <vector>

#include "coroutines/function.h"

namespace corolint::cancellation {

// Does the condition ask something of the program's own that others set, such as `running_`, `stop.load()` or
// `is_open()`? What it asks of the exception, or of a local variable, is none.
bool asks_own_flag(const Function& coroutine, const clang::Expr* condition, const clang::VarDecl* caught);

// Returns the flags that the statement names: bools, also atomic ones, that live outside the function.
std::vector<const clang::ValueDecl*> own_flags(const Function& function, const clang::Stmt* stmt);

// Returns the tests of such a flag by which the coroutine leaves a loop, or itself. `caught`: as above.
std::vector<const clang::IfStmt*> exits_by_own_flag(const Function& coroutine, const clang::VarDecl* caught);

// Does the handler leave, by whatever way, if such a flag says so? Then its author has thought of the end.
bool leaves_by_own_flag(const Function& coroutine, const clang::CXXCatchStmt& handler);

// Does a loop around the statement end by such a flag?
bool is_in_loop_with_flag(const Function& coroutine, const clang::Stmt* stmt);

// Returns what the condition is after the handler, where it looks at a variable or field of its own object that
// the handler sets to a constant, itself or by a method that it calls: `failed = true;`, `close();` before the
// next `state != closed`. Nothing for another condition.
std::optional<bool> set_in_handler(const Function& coroutine, const clang::CXXCatchStmt& handler,
                                   const clang::Expr& condition);

}  // namespace corolint::cancellation
