#pragma once

#include <optional>

#include "coroutines/function.h"

namespace corolint::cancellation {

// Does the coroutine wait for nothing more if what `await` gives is empty: false, null, nullopt, without
// elements? It asks that, and leaves: then whoever gave the empty value has said that there is an end.
bool leaves_if_empty(const Function& coroutine, const clang::CoawaitExpr* await);

}  // namespace corolint::cancellation
