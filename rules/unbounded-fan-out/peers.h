#pragma once

#include "coroutines/function.h"

namespace corolint::fan_out {

// Does the range hold those who are there: the sessions, streams or subscribers of the program, the members
// of a cluster? It says so with its own name or with that of its elements' class, or it is a member or a
// global in which the program keeps objects of its own: pointers to them, or what cannot be copied. One piece
// of work for each of them adds little to what the program keeps for each anyway.
bool holds_peers(const clang::Expr* range);

// Does the loop go over such a range?
bool is_over_peers(const clang::Stmt& loop);

}  // namespace corolint::fan_out
