#pragma once

#include "rule/pass.h"

namespace corolint {

// May an exception come out of the await? Not out of one that delivers errors as a value or whose awaiter
// says so, nor, unless it is cancelled, out of a wait for a timer, a signal or an event.
bool may_throw(const Pass& pass, const Function& function, const Suspension& suspension);

// Returns the innermost `try` of the function, with a handler, that holds `stmt` in its block, or null.
const clang::CXXTryStmt* try_around(const Function& function, const clang::Stmt* stmt);

}  // namespace corolint
