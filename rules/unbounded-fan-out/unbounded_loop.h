#pragma once

#include "coroutines/loop.h"
#include "rule/pass.h"

namespace corolint::fan_out {

// Returns the loop that makes `work` run without bound, or null.
const clang::Stmt* unbounded_loop(const Pass& pass, const Function& function, const clang::Expr* work);

// Returns how often the loop runs; one that accepts connections follows events, whatever its condition asks:
// `while (acceptor.is_open())`.
Trips trips_in(const Pass& pass, const Function& function, const clang::Stmt& loop);

}  // namespace corolint::fan_out
