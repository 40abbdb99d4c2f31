#include "facts/spread.h"

#include <algorithm>
#include <map>

namespace corolint {

namespace {

// The virtual calls of the program: for each method that is called virtually, how many of the methods that
// may run still lack the fact, and which calls wait for that.
class VirtualCalls {
 public:
  VirtualCalls(const CallGraph& graph, bool all) : graph_(graph), all_(all) {
    for (const Edge& edge : graph.edges())
      if (edge.way == Way::may_run) add(edge.callee);
  }

  // Tells that `target` has the fact; returns the methods whose virtual calls have it by that.
  std::vector<FunctionId> settle(FunctionId target) {
    std::vector<FunctionId> settled;
    for (const FunctionId method : methods_of_[target]) {
      auto& missing = missing_[method];
      if (missing == 0) continue;
      missing = all_ ? missing - 1 : 0;
      if (missing == 0) settled.push_back(method);
    }
    return settled;
  }

 private:
  void add(FunctionId method) {
    const auto& targets = graph_.targets_of(method);
    if (targets.empty() || !missing_.emplace(method, targets.size()).second) return;
    for (const FunctionId target : targets) methods_of_[target].push_back(method);
  }

  const CallGraph& graph_;
  const bool all_;
  std::map<FunctionId, std::size_t> missing_;
  std::map<FunctionId, std::vector<FunctionId>> methods_of_;
};

}  // namespace

Spread::Spread(const CallGraph& graph, const std::vector<FunctionId>& seeds, const SpreadRules& rules)
    : graph_(graph),
      rules_(rules),
      distance_(graph.functions().size(), never),
      next_(graph.functions().size(), 0) {
  VirtualCalls virtual_calls(graph, rules.all_overriders);
  std::vector<FunctionId> level = seeds;
  std::sort(level.begin(), level.end());
  level.erase(std::unique(level.begin(), level.end()), level.end());
  for (const FunctionId id : level) distance_[id] = 0;
  for (std::uint32_t length = 1; !level.empty(); ++length) {
    std::vector<FunctionId> next;
    const auto take = [&](FunctionId called, bool virtually) {
      for (const EdgeId id : graph.callers_of(called)) {
        const Edge& edge = graph.edges()[id];
        // Every call that brings the fact is asked about, also where the caller has it already: whether a
        // comment cuts it must not depend on which call came first.
        if ((edge.way == Way::may_run) != virtually || !rules.follows(edge) ||
            distance_[edge.caller] != never)
          continue;
        distance_[edge.caller] = length;
        next_[edge.caller] = id;
        next.push_back(edge.caller);
      }
    };
    for (const FunctionId id : level) {
      if (!rules.passes_on(id)) continue;
      take(id, false);
      // A method that nothing overrides is all that a virtual call of it can run.
      if (graph.targets_of(id).empty()) take(id, true);
      for (const FunctionId method : virtual_calls.settle(id)) take(method, true);
    }
    std::sort(next.begin(), next.end());
    level = std::move(next);
  }
}

// Returns what the call runs on the shortest way: for a virtual call the nearest of its targets.
FunctionId Spread::target_of(const Edge& edge) const {
  if (edge.way != Way::may_run) return edge.callee;
  FunctionId best = edge.callee;
  for (const FunctionId target : graph_.targets_of(edge.callee))
    if (rules_.passes_on(target) && (distance_[target] < distance_[best] || !rules_.passes_on(best)))
      best = target;
  return best;
}

bool Spread::has(const Edge& edge) const {
  const auto counts = [&](FunctionId id) { return has(id) && rules_.passes_on(id); };
  const auto& targets = graph_.targets_of(edge.callee);
  const bool brings = edge.way != Way::may_run || targets.empty() ? counts(edge.callee)
                      : rules_.all_overriders ? std::all_of(targets.begin(), targets.end(), counts)
                                              : std::any_of(targets.begin(), targets.end(), counts);
  return brings && rules_.follows(edge);
}

std::vector<EdgeId> Spread::way_from(EdgeId first) const {
  std::vector<EdgeId> way = {first};
  for (FunctionId at = target_of(graph_.edges()[first]); distance_[at] != 0 && distance_[at] != never;) {
    way.push_back(next_[at]);
    at = target_of(graph_.edges()[next_[at]]);
  }
  return way;
}

FunctionId Spread::seed_of(EdgeId first) const {
  return target_of(graph_.edges()[way_from(first).back()]);
}

}  // namespace corolint
