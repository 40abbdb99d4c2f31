#pragma once

#include "coroutines/function.h"

namespace corolint {

// May the coroutine be suspended there? To await a constant without a value (`this_coro::executor`) only asks
// the promise something.
bool may_suspend(const Suspension& suspension);

// Returns the first suspension after which control may come to `stmt`, or null.
const clang::Expr* suspension_before(const Function& function, const clang::Stmt* stmt);

}  // namespace corolint
