#pragma once

// Loops, and whether the program bounds how often they run. "Not bounded" needs evidence: the loop follows
// the size of some data, or has no end of its own. A count from a member or a global (`i < workers_`) is
// taken for a limit that somebody chose; one that the caller passes in may be anything.

#include "coroutines/function.h"

namespace corolint {

enum class Trips {
  bounded,    // by a constant, an array, a count that somebody chose
  by_caller,  // by a number that the caller passes in
  by_data,    // as many as a container, a range or a queue has elements
  endless,    // for (;;), while (true): as many as events arrive
};

// Returns how often the loop statement may run.
Trips trips_of(const Function& function, const clang::Stmt& loop);

// Returns how many elements the range has; of an iterator, the container that it points into.
Trips trips_over(const Function& function, const clang::Expr* range);

// Returns what the loop statement asks before each round, or null.
const clang::Expr* loop_condition(const clang::Stmt& loop);

// Returns the loop statements around `stmt`, the innermost first.
std::vector<const clang::Stmt*> loops_around(const Function& function, const clang::Stmt* stmt);

// Returns the body of the loop statement.
const clang::Stmt* loop_body(const clang::Stmt& loop);

}  // namespace corolint
