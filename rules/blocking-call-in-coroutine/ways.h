#pragma once

// The ways from coroutines and handlers through plain functions to blocking calls, once the whole program is
// known.

#include <map>
#include <set>

#include "facts/spread.h"
#include "finished.h"
#include "made_open.h"
#include "sinks.h"

namespace corolint::blocking {

struct FoundWay {
  const Spread* spread = nullptr;
  bool is_sure = false;
  bool ready_after_await = false;
};

// Which calls are looked at, and which sinks count for them.
struct Looked {
  bool with_waits = true;  // those that wait for asynchronous work; for handlers where that is allowed: not
  bool at_start = false;   // calls while the program starts, and what does not belong there; else the others
};

class Ways {
 public:
  // What `answered` functions come to is reported already, and no way goes through them.
  Ways(const Program& program, const Excuses& excuses, Looked looked, const std::set<FunctionId>& answered);
  Ways(const Ways&) = delete;

  // Returns the calls of coroutines and handlers that come to a blocking call.
  std::vector<EdgeId> calls() const;
  // Returns the way that begins with the call.
  FoundWay of(EdgeId call) const { return way_of(graph_.edges()[call]); }
  // Returns the blocking call at the end of that way.
  const Sink& sink_of(EdgeId call) const;
  // Returns the functions on that way, the callee of the call first.
  std::vector<FunctionId> functions_on(EdgeId call) const;
  // Is the call made once, while the program starts, and comes to what belongs there?
  bool is_at_start(EdgeId call) const;
  // Says how many blocking calls `call` comes to; nothing if it is one.
  std::string other_sinks(EdgeId call) const;

 private:
  std::vector<FunctionId> seeds(bool ready_after_await) const;
  const Sink* first_sink(FunctionId id, bool ready_after_await) const;
  SpreadRules rules(bool all_overriders, bool unless_ready) const;
  bool holds_many(FunctionId callee) const;
  std::vector<EdgeId> calls_of(FunctionId id) const;
  const Options& options_at(const Edge& edge) const;
  bool is_too_long(EdgeId call, const FoundWay& way) const;
  bool is_on_open_object(EdgeId call, const FoundWay& way) const;
  bool is_by_callables_of_others(EdgeId call, const FoundWay& way) const;
  FoundWay way_of(const Edge& edge) const;

  const Program& program_;
  const CallGraph& graph_;
  const Excuses& excuses_;
  const Looked looked_;
  const std::set<FunctionId>& answered_;
  mutable std::map<std::uint32_t, Options> options_;  // by file
  mutable std::map<FunctionId, bool> holds_many_;
  const Openings openings_;
  const Finished finished_;
  const std::set<FunctionId> allowed_;
  const std::map<FunctionId, std::vector<Sink>> sinks_;
  const Spread sure_, sure_unless_ready_, possible_, possible_unless_ready_;
};

}  // namespace corolint::blocking
