#pragma once

#include "rule/pass.h"

namespace corolint {

// May the call wait for work that was started before? The standard library waits only where a model says so,
// and where the function polls.
bool may_wait(const Pass& pass, const Function& function, const Call& call);

// Does a loop go round until somebody else changes what the call reads: `while (!is_done.load());`?
bool polls(const Function& function, const Call& call);

}  // namespace corolint
