#include "facts/reached.h"

namespace corolint {

std::set<FunctionId> reached_from(const CallGraph& graph, std::vector<FunctionId> from,
                                  const std::function<bool(const Edge&)>& follows) {
  std::set<FunctionId> reached;
  while (!from.empty()) {
    const FunctionId id = from.back();
    from.pop_back();
    if (!reached.insert(id).second) continue;
    for (const FunctionId target : graph.targets_of(id)) from.push_back(target);
    for (const EdgeId call : graph.calls_of(id))
      if (follows(graph.edges()[call])) from.push_back(graph.edges()[call].callee);
  }
  return reached;
}

}  // namespace corolint
