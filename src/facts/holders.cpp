#include "facts/holders.h"

#include <set>

#include "facts/facts.h"

namespace corolint {

bool is_holder(const CallGraph& graph, FunctionId id) {
  return graph.key(id).starts_with(holder_key_prefix);
}

bool holds_more_than(const CallGraph& graph, FunctionId holder, std::size_t limit) {
  std::set<FunctionId> holders = {holder}, callables;
  std::vector<FunctionId> open = {holder};
  while (!open.empty() && callables.size() <= limit) {
    const FunctionId next = open.back();
    open.pop_back();
    for (const FunctionId stored : graph.targets_of(next))
      for (const EdgeId call : graph.calls_of(stored)) {
        const FunctionId held = graph.edges()[call].callee;
        if (!is_holder(graph, held))
          callables.insert(held);
        else if (holders.insert(held).second)
          open.push_back(held);
      }
  }
  return callables.size() > limit;
}

}  // namespace corolint
