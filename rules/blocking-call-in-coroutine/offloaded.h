#pragma once

#include <set>

#include "facts/call_graph.h"

namespace corolint::blocking {

// Returns the coroutines that run nowhere but where blocking is allowed: all that start them hand them to a
// pool of threads, or are such coroutines themselves.
std::set<FunctionId> offloaded_coroutines(const CallGraph& graph);

}  // namespace corolint::blocking
