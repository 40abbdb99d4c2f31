#pragma once

#include "coroutines/function.h"
#include "models/entry.h"

namespace corolint::blocking {

// Is the socket under the stream closed before the call, `tcp.socket().close(); …; ws_.close(code, error);`?
// Then what the stream would still send or wait for fails at once.
bool is_on_closed_socket(const Function& function, const Call& call, const Entry& blocker);

}  // namespace corolint::blocking
