#pragma once

#include "rule/pass.h"

namespace corolint::fan_out {

// Has the callable nothing to wait for, and starts it nothing: a coroutine that never suspends, a function
// whose future is there when it returns? Then each call is over before the next begins.
bool is_over_at_once(const Pass& pass, const clang::FunctionDecl& callable);

}  // namespace corolint::fan_out
