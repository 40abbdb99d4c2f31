#pragma once

#include <functional>
#include <set>
#include <vector>

#include "facts/call_graph.h"

namespace corolint {

// Returns the functions `from`, and all that they come to over the calls that `follows` says; a virtual
// method comes to its overriders.
std::set<FunctionId> reached_from(const CallGraph& graph, std::vector<FunctionId> from,
                                  const std::function<bool(const Edge&)>& follows);

}  // namespace corolint
