#pragma once

// What a connection goes to, as far as the source says it.

#include "rule/pass.h"

namespace corolint::timeout {

// Does the wait, for a connection or for the address of a name, end at once because the source names this
// host, or, for a name, its address? The kernel makes or refuses a connection to this host, and nobody is
// asked.
bool ends_at_once(const Function& coroutine, const Call& call, const Entry& wait);

}  // namespace corolint::timeout
