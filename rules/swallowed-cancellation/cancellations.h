#pragma once

#include "coroutines/caught.h"
#include "rule/pass.h"

namespace corolint::cancellation {

// Returns the exceptions by which cancellation arrives in `block` of the coroutine.
Classes cancellations(const Pass& pass, const Function& coroutine, const clang::CXXTryStmt& block);

// Does the handler ask whether it was cancellation that it caught? Then its author has thought of it.
bool asks_for_cancellation(const Pass& pass, const Function& coroutine, const clang::CXXCatchStmt& handler);

}  // namespace corolint::cancellation
