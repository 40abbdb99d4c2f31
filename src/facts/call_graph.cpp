#include "facts/call_graph.h"

#include <algorithm>
#include <numeric>

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/StringMap.h"

namespace corolint {

namespace {

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

// What the unit defines itself, by key. Inline functions of which there is nothing to tell are not among it:
// they stand in headers, so that others tell of the same.
class OwnNames {
 public:
  explicit OwnNames(const UnitFacts& facts) {
    for (const FunctionFact& fact : facts.functions) files_.try_emplace(fact.key, fact.place.file);
    for (const std::string& definition : facts.plain) {
      const llvm::StringRef key = llvm::StringRef(definition).split('\n').first;
      files_.try_emplace(key, llvm::StringRef(definition).substr(key.size() + 1));
    }
  }

  std::string name(const std::string& key) const {
    const auto file = files_.find(key);
    return file == files_.end() ? key : definition_of(key, file->second.str());
  }
  const llvm::StringMap<llvm::StringRef>& files() const { return files_; }

 private:
  llvm::StringMap<llvm::StringRef> files_;
};

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
    node.plain = text(key_of_definition(key));
    node.name = node.library = node.entity = text("");
  }
  // Who only tells that the function is there does not know its name.
  if (!name.empty() && texts_[functions_[found->second].name].empty())
    functions_[found->second].name = text(name);
  return found->second;
}

void CallGraph::add(const UnitFacts& facts) {
  const OwnNames own(facts);
  own_.emplace_back();
  for (const auto& [key, file] : own.files())
    own_.back().emplace_back(text(key.str()), text(definition_of(key.str(), file.str())));
  std::vector<FunctionId> seen;
  llvm::DenseSet<FunctionId> told;
  for (const FunctionFact& fact : facts.functions) {
    const FunctionId id = id_of(own.name(fact.key), fact.name);
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
      const FunctionId overridden = id_of(own.name(base), fact.name);
      overrides_.emplace_back(id, overridden);
    }
    for (const CallFact& call : fact.calls) {
      const FunctionId callee = id_of(own.name(call.callee), call.name);
      if (call.sees_body) seen.push_back(callee);
      edges_.push_back(edge_of(call, id, callee));
      edges_.back().in_async = fact.is_coroutine || fact.is_handler;
    }
  }
  for (const std::string& definition : facts.plain) seen.push_back(id_of(definition, ""));
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
  const std::vector<FunctionId> meant = resolve_names();
  for (FunctionNode& node : functions_) node.differs |= node.is_plain && node.is_defined;
  sort_functions(meant);
  sort_edges();
  resolve_overriders();
}

std::vector<EdgeId> CallGraph::calls_of(FunctionId id) const {
  std::vector<EdgeId> calls(first_edge_[id + 1] - first_edge_[id]);
  std::iota(calls.begin(), calls.end(), first_edge_[id]);
  return calls;
}

namespace {

const std::vector<FunctionId>& found_in(const std::map<FunctionId, std::vector<FunctionId>>& methods,
                                        FunctionId method) {
  static const std::vector<FunctionId> none;
  const auto found = methods.find(method);
  return found == methods.end() ? none : found->second;
}

}  // namespace

const std::vector<FunctionId>& CallGraph::targets_of(FunctionId method) const {
  return found_in(targets_, method);
}

const std::vector<FunctionId>& CallGraph::overridden_by(FunctionId method) const {
  return found_in(overridden_, method);
}

const FunctionId* CallGraph::find(std::string_view key) const {
  const auto number = numbers_.find(std::string(key));
  if (number == numbers_.end() || ambiguous_.contains(number->second)) return nullptr;
  const auto found = by_key_.find(number->second);
  return found == by_key_.end() ? nullptr : &found->second;
}

std::vector<FunctionId> CallGraph::definitions_of(std::string_view key) const {
  if (const FunctionId* id = find(key)) return {*id};
  const auto number = numbers_.find(std::string(key));
  const auto several = number == numbers_.end() ? ambiguous_.end() : ambiguous_.find(number->second);
  return several == ambiguous_.end() ? std::vector<FunctionId>() : several->second;
}

std::map<std::string, std::string> CallGraph::own_names(std::size_t unit) const {
  std::map<std::string, std::string> names;
  if (ambiguous_.empty()) return names;
  for (const auto& [key, definition] : own_[unit])
    if (ambiguous_.contains(key)) names.emplace(texts_[key], texts_[definition]);
  return names;
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

std::vector<FunctionId> CallGraph::mains() const {
  std::vector<FunctionId> found;
  for (FunctionId id = 0; id < functions_.size(); ++id)
    if (name(id) == "main" && functions_[id].is_defined && !functions_[id].is_coroutine) found.push_back(id);
  return found;
}

}  // namespace corolint
