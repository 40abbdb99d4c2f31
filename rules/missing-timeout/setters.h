#pragma once

#include "rule/limits.h"

namespace corolint::timeout {

// Returns the project's methods that set a time limit, so that a call of one sets it for the object it is
// made on: a stream of one's own hands `expires_after` on to the one that it holds. What a coroutine sets is
// for its own waits.
Functions setters_in(const Pass& pass);

}  // namespace corolint::timeout
