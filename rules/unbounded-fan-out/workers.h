#pragma once

#include "coroutines/loop.h"
#include "rule/pass.h"

namespace corolint::fan_out {

// Does the call start a thread that is the worker of a pool: one of so many as the caller asks for, one that
// runs an event loop, or one of a container's that waits for its queue again and again?
bool is_pool_worker(const Pass& pass, const Function& function, const Call& call, Trips trips);

// Does the call start a coroutine that takes connections for as long as it runs? One for each address that
// the program is to serve is what was asked for: with a limit, the others would not be served at all.
bool starts_listener(const Pass& pass, const Function& function, const Call& call);

}  // namespace corolint::fan_out
