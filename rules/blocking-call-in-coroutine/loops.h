#pragma once

// Loops that keep the thread without a blocking call, and waits that ask again and again: matters of taste,
// off by default.

#include "rule/pass.h"

namespace corolint::blocking {

inline const Option endless_loops{
    "endless-loops", false,
    "report loops of coroutines that neither suspend nor end: the thread serves nothing else from there on"};
inline const Option polling{"polling", false,
                            "report loops that sleep until the program's own state changes, and sleeps of no "
                            "time in place of a yield"};

inline constexpr Message never_suspends{
    "never-suspends", "this loop in coroutine '{0}' neither suspends nor ends: it keeps its thread for ever"};
inline constexpr Message polls{"polls",
                               "coroutine '{0}' sleeps until '{1}' changes, and asks again every time"};
inline constexpr Message sleeps_for_nothing{"sleeps-for-nothing",
                                            "'{0}' sleeps for no time in coroutine '{1}'"};

// Reports what the options ask for.
void check_loops(Pass& pass, const Function& coroutine);

}  // namespace corolint::blocking
