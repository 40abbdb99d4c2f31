#pragma once

#include "coroutines/function.h"

namespace corolint::fan_out {

// Does `stmt`, or a part of it, compare a count of what the rounds of the loop start, one that grows from
// round to round or that others keep? What the round itself counts, the element's own numbers, a number that
// is the same in all rounds, and one that nobody reaches, are none.
bool compares_count(const Function& function, const clang::Stmt& loop, const clang::Stmt* stmt);

}  // namespace corolint::fan_out
