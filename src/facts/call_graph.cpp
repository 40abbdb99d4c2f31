#include "facts/call_graph.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/Hashing.h"

namespace corolint {

namespace {

auto order_of(const Edge& edge) {
  return std::tie(edge.caller, edge.line, edge.column, edge.end_line, edge.end_column, edge.callee, edge.way,
                  edge.file, edge.cut_for, edge.is_limited, edge.holds_permit, edge.forwards_token,
                  edge.in_unbounded_loop, edge.is_elsewhere, edge.in_async);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

// Returns a number that two facts share if their functions do the same.
std::size_t body_of(const FunctionFact& fact) {
  std::size_t body = fact.is_coroutine * 2u + fact.is_lazy;
  for (const CallFact& call : fact.calls)
    body =
        llvm::hash_combine(body, call.callee, call.place.line, call.place.column, static_cast<int>(call.way));
  return body;
}

}  // namespace

std::uint32_t CallGraph::text(const std::string& text) {
  const auto [found, is_new] = numbers_.emplace(text, static_cast<std::uint32_t>(texts_.size()));
  if (is_new) texts_.push_back(text);
  return found->second;
}

FunctionId CallGraph::id_of(const std::string& key, const std::string& name) {
  const std::uint32_t number = text(key);
  const auto [found, is_new] = by_key_.emplace(number, static_cast<FunctionId>(functions_.size()));
  if (is_new) {
    FunctionNode& node = functions_.emplace_back();
    node.key = number;
    node.name = node.library = node.entity = text("");
  }
  // Who only tells that the function is there does not know its name.
  if (!name.empty() && texts_[functions_[found->second].name].empty())
    functions_[found->second].name = text(name);
  return found->second;
}

void CallGraph::add(const UnitFacts& facts) {
  std::vector<FunctionId> seen;
  llvm::DenseSet<FunctionId> told;
  for (const FunctionFact& fact : facts.functions) {
    const FunctionId id = id_of(fact.key, fact.name);
    told.insert(id);
    FunctionNode& node = functions_[id];
    const std::size_t body = body_of(fact);
    node.differs = node.differs || (node.is_defined && node.body != body);
    node.body = body;
    // The smaller place and name win, so that it does not matter which unit came first.
    const bool is_first = !node.is_defined || fact.place < node.place;
    if (is_first) node.place = fact.place;
    if (is_first) node.name = text(fact.name);
    if (is_first) node.entity = text(fact.entity);
    if (!fact.library.empty()) node.library = text(fact.library);
    node.is_defined = node.is_seen = true;
    node.is_coroutine |= fact.is_coroutine;
    node.is_lazy |= fact.is_lazy;
    node.is_handler |= fact.is_handler;
    node.is_nonblocking |= fact.is_nonblocking;
    node.takes_token |= fact.takes_token;
    node.takes_permit |= fact.takes_permit;
    for (const std::string& base : fact.overrides) {
      const FunctionId overridden = id_of(base, fact.name);
      overrides_.emplace_back(id, overridden);
    }
    for (const CallFact& call : fact.calls) {
      const FunctionId callee = id_of(call.callee, call.name);
      if (call.sees_body) seen.push_back(callee);
      edges_.push_back(edge_of(call, id, callee));
      edges_.back().in_async = fact.is_coroutine || fact.is_handler;
    }
  }
  for (const std::string& key : facts.plain) seen.push_back(id_of(key, ""));
  for (const FunctionId id : seen) {
    functions_[id].is_seen = true;
    functions_[id].is_plain |= !told.contains(id);
  }
}

Edge CallGraph::edge_of(const CallFact& call, FunctionId caller, FunctionId callee) {
  Edge edge;
  edge.caller = caller;
  edge.callee = callee;
  edge.file = text(call.place.file);
  edge.line = call.place.line;
  edge.column = call.place.column;
  edge.end_line = call.place.end_line;
  edge.end_column = call.place.end_column;
  edge.way = call.way;
  edge.is_limited = call.is_limited;
  edge.holds_permit = call.holds_permit;
  edge.forwards_token = call.forwards_token;
  edge.in_unbounded_loop = call.in_unbounded_loop;
  edge.is_elsewhere = call.is_elsewhere;
  edge.cut_for = text(joined(call.cut_for));
  return edge;
}

void CallGraph::finish() {
  for (FunctionNode& node : functions_) node.differs |= node.is_plain && node.is_defined;
  sort_functions();
  sort_edges();
  resolve_overriders();
}

void CallGraph::sort_functions() {
  std::vector<FunctionId> order(functions_.size()), renamed(functions_.size());
  std::iota(order.begin(), order.end(), 0u);
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
  for (auto& [key, id] : by_key_) id = renamed[id];
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
    targets_[method] = std::move(found);
  }
}

std::vector<EdgeId> CallGraph::calls_of(FunctionId id) const {
  std::vector<EdgeId> calls(first_edge_[id + 1] - first_edge_[id]);
  std::iota(calls.begin(), calls.end(), first_edge_[id]);
  return calls;
}

const std::vector<FunctionId>& CallGraph::targets_of(FunctionId method) const {
  static const std::vector<FunctionId> none;
  const auto found = targets_.find(method);
  return found == targets_.end() ? none : found->second;
}

const FunctionId* CallGraph::find(std::string_view key) const {
  const auto number = numbers_.find(std::string(key));
  if (number == numbers_.end()) return nullptr;
  const auto found = by_key_.find(number->second);
  return found == by_key_.end() ? nullptr : &found->second;
}

Place CallGraph::place(const Edge& edge) const {
  return {texts_[edge.file], edge.line, edge.column, edge.end_line, edge.end_column};
}

bool CallGraph::is_cut(const Edge& edge, std::string_view rule) const {
  const std::string_view rules = texts_[edge.cut_for];
  for (std::size_t at = rules.find(rule); at != std::string_view::npos; at = rules.find(rule, at + 1)) {
    const bool begins = at == 0 || rules[at - 1] == ',',
               ends = at + rule.size() == rules.size() || rules[at + rule.size()] == ',';
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace corolint
