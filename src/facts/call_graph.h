#pragma once

// The whole program's functions and who calls whom, merged from the facts of all units in whatever order.
//
// Programs that lie in one tree may each have a function of one key: `main`, `session`. A unit that defines
// one means its own; to one that only declares it, the only one there is, or else any of them.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "facts/facts.h"

namespace corolint {

using FunctionId = std::uint32_t;
using EdgeId = std::uint32_t;

// A call in the graph. Texts are numbers into the graph's table: a program has millions of calls.
struct Edge {
  FunctionId caller = 0;
  FunctionId callee = 0;
  std::uint32_t file = 0;
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;
  Way way = Way::runs;
  bool is_limited = false;
  bool holds_permit = false;
  bool forwards_token = false;
  bool in_unbounded_loop = false;
  bool is_elsewhere = false;
  bool in_async = false;      // the body that holds the call is a coroutine's or a handler's
  bool is_ambiguous = false;  // there are several definitions that it may mean
  std::uint32_t cut_for = 0;  // the rules suppressed here, as one text: "rule-a,rule-b"
};

struct FunctionNode {
  std::uint32_t key = 0;    // where several files define it, with the file: see definition_of
  std::uint32_t plain = 0;  // always the key alone
  std::uint32_t name = 0;
  std::uint32_t library = 0;
  std::uint32_t entity = 0;
  Place place;  // nowhere if the program only calls it
  bool is_defined = false;
  bool is_seen = false;   // its body was analysed in some unit, be there facts of it or not
  bool is_plain = false;  // in some unit there was nothing to tell of its body
  bool is_coroutine = false;
  bool is_lazy = false;
  bool is_handler = false;
  bool is_nonblocking = false;
  bool takes_token = false;
  bool takes_permit = false;
  std::size_t body = 0;  // tells bodies apart; only within a run
  bool differs = false;  // units saw different bodies of it: what is known is the union, the worse of both
};

class CallGraph {
 public:
  // Takes the facts of a unit in.
  void add(const UnitFacts& facts);
  // Ends the adding: sorts functions by key and calls by place, so that nothing depends on the order of
  // units.
  void finish();

  const std::vector<FunctionNode>& functions() const { return functions_; }
  const std::vector<Edge>& edges() const { return edges_; }  // sorted by caller, then place
  const FunctionNode& function(FunctionId id) const { return functions_[id]; }

  // Returns the calls that the function makes, and those that others make of it.
  std::vector<EdgeId> calls_of(FunctionId id) const;
  const std::vector<EdgeId>& callers_of(FunctionId id) const { return callers_[id]; }

  // Returns the methods with a body that a virtual call of the method may run: itself and its overriders.
  const std::vector<FunctionId>& targets_of(FunctionId method) const;
  // Returns the other methods whose virtual calls may run this one: those that it overrides, however far off.
  const std::vector<FunctionId>& overridden_by(FunctionId method) const;

  // Returns the function with that key, or of that definition; nothing if there is none, or if the key alone
  // may mean several.
  const FunctionId* find(std::string_view key) const;
  // Returns all that the key, or the definition, may mean.
  std::vector<FunctionId> definitions_of(std::string_view key) const;
  // Returns the names of what the unit defines itself, by their keys, where other files define such, too.
  // Units are counted from 0 as they were added.
  std::map<std::string, std::string> own_names(std::size_t unit) const;

  // Returns the functions that programs begin with; none if all that is known is a part of one.
  std::vector<FunctionId> mains() const;

  std::string_view name(FunctionId id) const { return texts_[functions_[id].name]; }
  std::string_view key(FunctionId id) const { return texts_[functions_[id].key]; }
  std::string_view entity(FunctionId id) const { return texts_[functions_[id].entity]; }
  std::string_view library(FunctionId id) const { return texts_[functions_[id].library]; }
  Place place(const Edge& edge) const;
  // Does a comment at the call suppress the rule?
  bool is_cut(const Edge& edge, std::string_view rule) const;

 private:
  std::uint32_t text(const std::string& text);
  Edge edge_of(const CallFact& call, FunctionId caller, FunctionId callee);
  FunctionId id_of(const std::string& key, const std::string& name);
  std::vector<FunctionId> resolve_names();
  void call_all(FunctionId declared, const std::vector<FunctionId>& definitions);
  void sort_functions(const std::vector<FunctionId>& meant);
  void sort_edges();
  void resolve_overriders();

  std::vector<std::string> texts_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::unordered_map<std::uint32_t, FunctionId> by_key_;
  std::vector<FunctionNode> functions_;
  std::vector<Edge> edges_;
  std::vector<std::uint32_t> first_edge_;                                  // by caller
  std::vector<std::vector<EdgeId>> callers_;                               // by callee
  std::vector<std::pair<FunctionId, FunctionId>> overrides_;               // method, what it overrides
  std::map<std::uint32_t, std::vector<FunctionId>> ambiguous_;             // by the key alone
  std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> own_;  // by unit: keys, definitions
  std::map<FunctionId, std::vector<FunctionId>> targets_;                  // by method
  std::map<FunctionId, std::vector<FunctionId>> overridden_;  // by what a virtual call of them may run
};

}  // namespace corolint
