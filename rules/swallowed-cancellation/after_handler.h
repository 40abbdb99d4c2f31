#pragma once

// Where a coroutine goes from a handler when what it caught is a cancellation.

#include "coroutines/function.h"

namespace corolint::cancellation {

// Is the exception handed on: `error = std::current_exception()` in the handler, a use of `error` after it?
bool is_kept(const Function& coroutine, const clang::CXXCatchStmt& handler);

// Returns the suspension that the coroutine may come to after the handler, or null: then the work ends here.
const Suspension* next_suspension(const Function& coroutine, const clang::CXXCatchStmt& handler);

}  // namespace corolint::cancellation
