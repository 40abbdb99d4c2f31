#pragma once

#include "rule/pass.h"

namespace corolint::fan_out {

inline constexpr Message await_all{"await-all",
                                   "this starts all of '{0}' at once, as many as the loop has collected"};

// Finds lazy tasks that a loop collects without bound and one await then starts all at once.
void check_collected(Pass& pass, const Function& function);

}  // namespace corolint::fan_out
