#pragma once

// Where a coroutine goes from a handler when what it caught is a cancellation.

#include "cancellations.h"

namespace corolint::cancellation {

// Is the exception handed on: `error = std::current_exception()` in the handler, a use of `error` after it?
bool is_kept(const Function& coroutine, const clang::CXXCatchStmt& handler);

// Returns the suspension that the coroutine may come to after the handler without having asked whether it is
// cancelled, or whether it should stop, or null: then the work ends here. To join a scope is no further work,
// but its end.
const Suspension* next_suspension(const Pass& pass, const Function& coroutine,
                                  const clang::CXXCatchStmt& handler, const Questions& questions);

// How a coroutine ends after a handler.
struct Ending {
  bool returns = false;                           // else no way comes to its end
  const clang::CoreturnStmt* at_empty = nullptr;  // where it gives an empty value, null if it does not
};

// Returns how the coroutine ends after a handler from which it comes to no further suspension.
Ending ending(const Function& coroutine, const clang::CXXCatchStmt& handler, const Questions& questions);

// Returns the throw of another exception that the coroutine may leave by from the handler, or null. To nest
// the exception, or to make the new one from it, is none.
const clang::CXXThrowExpr* other_throw(const Function& coroutine, const clang::CXXCatchStmt& handler,
                                       const Classes& cancellations);

}  // namespace corolint::cancellation
