#pragma once

#include "coroutines/function.h"

namespace corolint::fan_out {

// Does the loop (or the body of a function) compare a count before it gets to `work`, and wait, leave or skip
// when it is too high? Such a loop limits itself: `if (active >= 100) continue;`, `if (active < 100)
// start();`, `if (tasks.size() >= 32) flush();`. What the round itself counts, and a number that nobody
// reaches, is no limit.
bool is_guarded_by_count(const Function& function, const clang::Stmt& loop, const clang::Stmt* work);

}  // namespace corolint::fan_out
