#pragma once

// Which functions come to have a fact because functions that they call have it, and the shortest way there.
// The ways are found from the functions that have the fact backwards, level by level: each function and each
// call is looked at once, recursion or not.

#include <functional>
#include <limits>
#include <vector>

#include "facts/call_graph.h"

namespace corolint {

// What a fact spreads along.
struct SpreadRules {
  std::function<bool(const Edge&)> follows;   // may the fact come over this call?
  std::function<bool(FunctionId)> passes_on;  // may it go on from this function to its callers?
  bool all_overriders = true;  // a virtual call has the fact if all targets have it; else if any has
};

class Spread {
 public:
  static constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();

  // Spreads a fact from the functions `seeds` to their callers.
  Spread(const CallGraph& graph, const std::vector<FunctionId>& seeds, const SpreadRules& rules);

  // Does a call of the function come to have the fact?
  bool has(FunctionId id) const { return distance_[id] != never; }
  // Does this call come to have the fact?
  bool has(const Edge& edge) const;
  // Returns how many calls the shortest way to a seed takes; `never` if there is none.
  std::uint32_t distance(FunctionId id) const { return distance_[id]; }
  // Returns the calls of one shortest way that begins with `first` and ends at a call of a seed. Of ways of
  // the same length it is the one whose functions come first by key.
  std::vector<EdgeId> way_from(EdgeId first) const;
  // Returns the function in which the way that begins with `first` ends: a seed.
  FunctionId seed_of(EdgeId first) const;

 private:
  FunctionId target_of(const Edge& edge) const;

  const CallGraph& graph_;
  const SpreadRules rules_;
  std::vector<std::uint32_t> distance_;  // by function
  std::vector<EdgeId> next_;             // by function: the first call of its way
};

}  // namespace corolint
