#pragma once

// Findings that other functions decide: what is started may wait for a permit before it does anything, or
// every caller of the loop may hold one.

#include "rule/pass.h"
#include "rule/program.h"

namespace corolint::fan_out {

inline constexpr Message recursive{
    "recursive",
    "'{0}' starts work for every element, and each of these starts more: every level multiplies it"};

// Leaves the finding that was kept last, about starting `work`, to `conclude`; `loop` is the loop that starts
// it, or the data of an algorithm that does, if one is told.
void leave_undecided(Pass& pass, const Function& function, const clang::Expr* work,
                     const clang::Stmt* loop = nullptr);

// Tells `conclude` if the function counts what it starts and refuses more: a scope with a limit of its own.
void export_counting(Pass& pass, const Function& function);

void conclude(Program& program);

}  // namespace corolint::fan_out
