#pragma once

#include <optional>

#include "coroutines/function.h"

namespace corolint::cancellation {

// Does the condition ask something of the program's own that others set, such as `running_`, `stop.load()` or
// `is_open()`? What it asks of the exception, or of a local variable, is none.
bool asks_own_flag(const Function& coroutine, const clang::Expr* condition, const clang::VarDecl* caught);

// Does the handler leave, by whatever way, if such a flag says so? Then its author has thought of the end.
bool leaves_by_own_flag(const Function& coroutine, const clang::CXXCatchStmt& handler);

// Does a loop around the statement end by such a flag?
bool is_in_loop_with_flag(const Function& coroutine, const clang::Stmt* stmt);

// Returns what the condition is after the handler, where it is a local variable that the handler sets to true
// or false: `failed = true;`. Nothing for another condition.
std::optional<bool> set_in_handler(const Function& coroutine, const clang::CXXCatchStmt& handler,
                                   const clang::Expr& condition);

}  // namespace corolint::cancellation
