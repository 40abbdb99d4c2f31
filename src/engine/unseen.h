#pragma once

#include <vector>

#include "engine/report.h"
#include "facts/call_graph.h"

namespace corolint {

// Returns the functions of the program that coroutines and handlers run in their thread, through any depth of
// calls, and whose body was analysed in no unit: what blocks, waits or sets a limit behind them is not known.
// Sorted by name, each with the first call of it.
std::vector<UnseenFunction> unseen_functions(const CallGraph& graph);

}  // namespace corolint
