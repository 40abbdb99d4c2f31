#pragma once

#include "rule/pass.h"

namespace corolint {

// May an exception come out of the await? Not out of one that delivers errors as a value or whose awaiter
// says so, nor, unless it is cancelled, out of a wait for a timer, a signal or an event.
bool may_throw(const Pass& pass, const Function& function, const Suspension& suspension);

// May what a coroutine of the program throws come out of the await of it? As above; but a coroutine whose
// result tells of failures may throw all the same.
bool may_pass_on(const Pass& pass, const Function& function, const Suspension& suspension);

// Is it sure that no exception comes out of the await, whatever becomes of its work: its awaiter says so, or
// it delivers errors, and cancellation with them, as a value?
bool throws_nothing(const Pass& pass, const Function& function, const Suspension& suspension);

// Returns the innermost `try` of the function, with a handler, that holds `stmt` in its block, or null.
const clang::CXXTryStmt* try_around(const Function& function, const clang::Stmt* stmt);

}  // namespace corolint
