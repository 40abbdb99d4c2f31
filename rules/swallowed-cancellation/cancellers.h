#pragma once

// Accept loops that nothing in the program cancels: nobody closes or cancels an acceptor, fires a signal of
// cancellation or ends the loop's coroutine in a race. To go on after an error is what such a loop is for.

#include "rule/pass.h"
#include "rule/program.h"

namespace corolint::cancellation {

// Tells `report_rounds` of what the functions of the unit cancel.
void export_cancellers(Pass& pass);

// Is connections all that the block waits for?
bool only_accepts(const Pass& pass, const Function& coroutine, const clang::Stmt* block);

// Leaves the finding that was kept last, about a loop around such a block, to `report_rounds`.
void leave_round(Pass& pass, const Function& coroutine);

// Reports the loops that something in the program may cancel. One without a `main` is part of another.
void report_rounds(Program& program);

}  // namespace corolint::cancellation
