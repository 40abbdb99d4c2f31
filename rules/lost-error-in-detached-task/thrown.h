#pragma once

// What a `throw` says by what it throws.

#include "rule/pass.h"

namespace corolint::lost_errors {

// Does only a mistake in the program bring the exception about? Then it says nothing of what may happen in
// production.
bool tells_of_mistake(const clang::CXXThrowExpr& thrown);

// Does it only say that the work was cancelled, by the code that it carries or by its class? Whoever cancels
// work that nobody awaits wants no more of it.
bool tells_of_cancellation(const Pass& pass, const clang::CXXThrowExpr& thrown);

}  // namespace corolint::lost_errors
