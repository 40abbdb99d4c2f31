#include "offloaded.h"

#include <algorithm>
#include <vector>

namespace corolint::blocking {

namespace {

class Offloaded {
 public:
  explicit Offloaded(const CallGraph& graph) : graph_(graph) {
    for (const Edge& edge : graph.edges())
      if (edge.way == Way::offloads) look_at(edge.callee);
    while (!open_.empty()) {
      const FunctionId caller = open_.back();
      open_.pop_back();
      for (const EdgeId call : graph.calls_of(caller)) look_at(graph.edges()[call].callee);
    }
  }

  std::set<FunctionId> take() { return std::move(found_); }

 private:
  // Where a call may mean one of several functions, or an overrider, nobody knows who else starts it.
  bool is_offloading(EdgeId call) const {
    const Edge& edge = graph_.edges()[call];
    const bool goes_on = edge.way == Way::awaits || edge.way == Way::runs;
    return !edge.is_ambiguous && (edge.way == Way::offloads || (goes_on && found_.contains(edge.caller)));
  }

  void look_at(FunctionId id) {
    if (!graph_.function(id).is_coroutine || found_.contains(id)) return;
    if (!std::ranges::all_of(graph_.callers_of(id), [&](EdgeId call) { return is_offloading(call); })) return;
    found_.insert(id);
    open_.push_back(id);
  }

  const CallGraph& graph_;
  std::set<FunctionId> found_;
  std::vector<FunctionId> open_;
};

}  // namespace

std::set<FunctionId> offloaded_coroutines(const CallGraph& graph) {
  return Offloaded(graph).take();
}

}  // namespace corolint::blocking
