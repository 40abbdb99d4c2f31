#pragma once

#include "coroutines/loop.h"
#include "rule/pass.h"

namespace corolint::fan_out {

// Does the call start a thread that is the worker of a pool: one of so many as the caller asks for, one that
// runs an event loop, or one of a container's that waits for its queue again and again?
bool is_pool_worker(const Pass& pass, const Function& function, const Call& call, Trips trips);

}  // namespace corolint::fan_out
