#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "facts/call_graph.h"

namespace corolint {

// Returns the calls of a shortest way from the function `from` to one for which `is_target` holds, along
// calls for which `follows` holds; virtual calls lead to all that may run. Nothing if there is none. Of ways
// of one length it is the first in the order of functions and calls.
std::optional<std::vector<EdgeId>> shortest_way(const CallGraph& graph, FunctionId from,
                                                const std::function<bool(FunctionId)>& is_target,
                                                const std::function<bool(const Edge&)>& follows);

// Likewise backwards: the calls of a shortest way that ends in the function `to` and begins with a call for
// which `begins` holds.
std::optional<std::vector<EdgeId>> shortest_way_to(const CallGraph& graph, FunctionId to,
                                                   const std::function<bool(const Edge&)>& begins);

}  // namespace corolint
