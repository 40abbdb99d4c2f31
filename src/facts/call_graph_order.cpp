// What is done once all units are in: names are resolved, and everything gets an order in which units do not
// show.

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

#include "facts/call_graph.h"
#include "llvm/ADT/STLExtras.h"

namespace corolint {

namespace {

auto order_of(const Edge& edge) {
  return std::tie(edge.caller, edge.line, edge.column, edge.end_line, edge.end_column, edge.callee, edge.way,
                  edge.file, edge.cut_for, edge.is_limited, edge.holds_permit, edge.forwards_token,
                  edge.in_unbounded_loop, edge.is_elsewhere, edge.in_async, edge.is_ambiguous);
}

}  // namespace

// Returns for each function the one that stands for it: of what some units only declare, what the others
// define.
std::vector<FunctionId> CallGraph::resolve_names() {
  std::vector<FunctionId> meant(functions_.size());
  std::iota(meant.begin(), meant.end(), 0u);
  std::map<std::uint32_t, std::vector<FunctionId>> definitions;
  for (FunctionId id = 0; id < functions_.size(); ++id)
    if (functions_[id].key != functions_[id].plain) definitions[functions_[id].plain].push_back(id);
  for (auto& [key, ids] : definitions) {
    const auto [declared, is_new] = by_key_.emplace(key, ids.front());
    if (!is_new) meant[declared->second] = ids.front();
    if (ids.size() > 1) {
      ambiguous_.emplace(key, std::move(ids));
      continue;
    }
    FunctionNode& node = functions_[ids.front()];
    const FunctionNode& as_declared = functions_[declared->second];
    node.key = key;
    node.is_seen |= as_declared.is_seen;
    node.is_plain |= as_declared.is_plain;
    if (texts_[node.name].empty()) node.name = as_declared.name;
  }
  for (const auto& [key, ids] : ambiguous_) call_all(by_key_.at(key), ids);
  return meant;
}

// Calls and overrides of what is only declared may mean any of the definitions.
void CallGraph::call_all(FunctionId declared, const std::vector<FunctionId>& definitions) {
  if (declared == definitions.front()) return;  // every unit that speaks of it defines it
  for (std::size_t i = 0, count = edges_.size(); i < count; ++i) {
    if (edges_[i].callee != declared) continue;
    edges_[i].is_ambiguous = true;
    for (const FunctionId definition : llvm::drop_begin(definitions)) {
      edges_.push_back(edges_[i]);
      edges_.back().callee = definition;
    }
  }
  for (std::size_t i = 0, count = overrides_.size(); i < count; ++i)
    if (overrides_[i].second == declared)
      for (const FunctionId definition : llvm::drop_begin(definitions))
        overrides_.emplace_back(overrides_[i].first, definition);
}

void CallGraph::sort_functions(const std::vector<FunctionId>& meant) {
  std::vector<FunctionId> order, renamed(functions_.size());
  for (FunctionId id = 0; id < meant.size(); ++id)
    if (meant[id] == id) order.push_back(id);
  std::sort(order.begin(), order.end(), [&](FunctionId a, FunctionId b) {
    return texts_[functions_[a].key] < texts_[functions_[b].key];
  });
  std::vector<FunctionNode> sorted;
  sorted.reserve(functions_.size());
  for (const FunctionId id : order) {
    renamed[id] = static_cast<FunctionId>(sorted.size());
    sorted.push_back(std::move(functions_[id]));
  }
  functions_ = std::move(sorted);
  for (FunctionId id = 0; id < meant.size(); ++id) renamed[id] = renamed[meant[id]];
  for (auto& [key, id] : by_key_) id = renamed[id];
  for (auto& [key, ids] : ambiguous_) {
    for (FunctionId& id : ids) id = renamed[id];
    std::sort(ids.begin(), ids.end());
  }
  for (Edge& edge : edges_) edge.caller = renamed[edge.caller], edge.callee = renamed[edge.callee];
  for (auto& [method, base] : overrides_) method = renamed[method], base = renamed[base];
}

// The same inline function comes from many units: equal calls are one call.
void CallGraph::sort_edges() {
  // Texts are numbered in the order of units; that must not show.
  std::vector<std::uint32_t> order(texts_.size()), rank(texts_.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return texts_[a] < texts_[b]; });
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  std::sort(edges_.begin(), edges_.end(), [&](const Edge& a, const Edge& b) {
    if (a.caller != b.caller) return a.caller < b.caller;
    if (a.file != b.file) return rank[a.file] < rank[b.file];
    if (a.cut_for != b.cut_for && std::tie(a.line, a.column) == std::tie(b.line, b.column) &&
        a.callee == b.callee)
      return rank[a.cut_for] < rank[b.cut_for];
    return order_of(a) < order_of(b);
  });
  edges_.erase(std::unique(edges_.begin(), edges_.end(),
                           [](const Edge& a, const Edge& b) { return order_of(a) == order_of(b); }),
               edges_.end());
  edges_.shrink_to_fit();
  first_edge_.assign(functions_.size() + 1, 0);
  for (const Edge& edge : edges_) ++first_edge_[edge.caller + 1];
  std::partial_sum(first_edge_.begin(), first_edge_.end(), first_edge_.begin());
  callers_.assign(functions_.size(), {});
  for (EdgeId id = 0; id < edges_.size(); ++id) callers_[edges_[id].callee].push_back(id);
}

void CallGraph::resolve_overriders() {
  std::map<FunctionId, std::vector<FunctionId>> overriders;
  for (const auto& [method, base] : overrides_) overriders[base].push_back(method);
  for (const auto& [method, direct] : overriders) {
    std::set<FunctionId> seen = {method};
    std::vector<FunctionId> open = {method}, found;
    while (!open.empty()) {
      const FunctionId next = open.back();
      open.pop_back();
      if (functions_[next].is_defined) found.push_back(next);
      if (const auto further = overriders.find(next); further != overriders.end())
        for (const FunctionId overrider : further->second)
          if (seen.insert(overrider).second) open.push_back(overrider);
    }
    std::sort(found.begin(), found.end());
    for (const FunctionId target : found)
      if (target != method) overridden_[target].push_back(method);
    targets_[method] = std::move(found);
  }
}

}  // namespace corolint
