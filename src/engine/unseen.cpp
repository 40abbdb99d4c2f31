#include "engine/unseen.h"

#include <algorithm>

namespace corolint {

namespace {

bool is_asynchronous(const FunctionNode& function) {
  return function.is_coroutine || function.is_handler;
}

// Does a call of the function lead into the dark? A virtual one does not if it has targets: those are asked.
bool is_dark(const CallGraph& graph, const Edge& edge) {
  if (edge.way == Way::may_run && !graph.targets_of(edge.callee).empty()) return false;
  return !graph.function(edge.callee).is_seen;
}

}  // namespace

std::vector<UnseenFunction> unseen_functions(const CallGraph& graph) {
  std::vector<bool> is_reached(graph.functions().size());
  std::vector<FunctionId> open;
  const auto reach = [&](FunctionId id) {
    if (!is_reached[id]) open.push_back(id);
    is_reached[id] = true;
  };
  for (FunctionId id = 0; id < graph.functions().size(); ++id)
    if (is_asynchronous(graph.function(id))) reach(id);
  std::vector<UnseenFunction> unseen;
  while (!open.empty()) {
    const FunctionId at = open.back();
    open.pop_back();
    for (const EdgeId id : graph.calls_of(at)) {
      const Edge& edge = graph.edges()[id];
      // A coroutine of which only the declaration was seen is not known for one: its call counts as well.
      if (!runs_here(edge.way, graph.function(edge.callee).is_coroutine) || edge.is_elsewhere) continue;
      if (is_dark(graph, edge))
        unseen.push_back(
            {std::string(graph.name(edge.callee)), graph.place(edge), std::string(graph.name(at))});
      reach(edge.callee);
      if (edge.way == Way::may_run)
        for (const FunctionId target : graph.targets_of(edge.callee)) reach(target);
    }
  }
  std::sort(unseen.begin(), unseen.end());
  unseen.erase(std::unique(unseen.begin(), unseen.end(),
                           [](const auto& a, const auto& b) { return a.name == b.name; }),
               unseen.end());
  return unseen;
}

}  // namespace corolint
