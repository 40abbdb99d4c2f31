#include "facts/paths.h"

#include <algorithm>
#include <deque>
#include <map>

namespace corolint {

namespace {

std::vector<FunctionId> callees_of(const CallGraph& graph, const Edge& edge) {
  std::vector<FunctionId> callees = {edge.callee};
  if (edge.way == Way::may_run)
    for (const FunctionId target : graph.targets_of(edge.callee)) callees.push_back(target);
  return callees;
}

}  // namespace

std::optional<std::vector<EdgeId>> shortest_way(const CallGraph& graph, FunctionId from,
                                                const std::function<bool(FunctionId)>& is_target,
                                                const std::function<bool(const Edge&)>& follows) {
  std::map<FunctionId, EdgeId> reached_by;
  std::map<FunctionId, FunctionId> came_from;
  std::deque<FunctionId> open = {from};
  while (!open.empty()) {
    const FunctionId at = open.front();
    open.pop_front();
    if (at != from && is_target(at)) {
      std::vector<EdgeId> way;
      for (FunctionId step = at; step != from; step = came_from[step]) way.push_back(reached_by[step]);
      std::reverse(way.begin(), way.end());
      return way;
    }
    for (const EdgeId id : graph.calls_of(at))
      if (const Edge& edge = graph.edges()[id]; follows(edge))
        for (const FunctionId callee : callees_of(graph, edge))
          if (callee != from && came_from.emplace(callee, at).second) {
            reached_by[callee] = id;
            open.push_back(callee);
          }
  }
  return std::nullopt;
}

std::optional<std::vector<EdgeId>> shortest_way_to(const CallGraph& graph, FunctionId to,
                                                   const std::function<bool(const Edge&)>& begins) {
  std::map<FunctionId, EdgeId> next;
  std::deque<FunctionId> open = {to};
  while (!open.empty()) {
    const FunctionId at = open.front();
    open.pop_front();
    for (const EdgeId id : graph.callers_of(at)) {
      const Edge& edge = graph.edges()[id];
      if (begins(edge)) {
        std::vector<EdgeId> way = {id};
        for (FunctionId step = at; step != to; step = graph.edges()[next[step]].callee)
          way.push_back(next[step]);
        return way;
      }
      if (edge.caller != to && next.emplace(edge.caller, id).second) open.push_back(edge.caller);
    }
  }
  return std::nullopt;
}

}  // namespace corolint
