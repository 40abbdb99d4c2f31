#include "chain.h"

#include <algorithm>
#include <map>
#include <set>

#include "blocking_calls.h"
#include "facts/holders.h"
#include "facts/spread.h"
#include "made_open.h"
#include "sinks.h"
#include "wording.h"

namespace corolint::blocking {

namespace {

class Chains {
 public:
  // `with_waits`: sinks that wait for asynchronous work count; for the handlers where that is allowed they do
  // not.
  Chains(Program& program, bool with_waits)
      : program_(program),
        graph_(program.graph()),
        with_waits_(with_waits),
        openings_(program),
        allowed_(allowed_in(program)),
        sinks_(sinks_of(program, with_waits)),
        sure_(graph_, seeds(false), rules(true, false)),
        sure_unless_ready_(graph_, seeds(true), rules(true, true)),
        possible_(graph_, seeds(false), rules(false, false)),
        possible_unless_ready_(graph_, seeds(true), rules(false, true)) {}

  void report() {
    std::vector<EdgeId> calls;
    for (FunctionId id = 0; id < graph_.functions().size(); ++id)
      if ((graph_.function(id).is_coroutine || graph_.function(id).is_handler) &&
          allowed_.contains(id) != with_waits_)
        for (const EdgeId call : calls_that_block(id)) calls.push_back(call);
    const auto callers = callers_through(calls);
    std::map<FunctionId, std::vector<EdgeId>> shared;
    for (const EdgeId call : calls) {
      const std::vector<FunctionId> way = functions_on_way(call);
      const FunctionId helper = *std::max_element(way.begin(), way.end(), [&](FunctionId a, FunctionId b) {
        return callers.at(a).size() < callers.at(b).size();
      });
      if (callers.at(helper).size() > most_callers)
        shared[helper].push_back(call);
      else
        report_call(call);
    }
    for (auto& [helper, its_calls] : shared) report_shared(helper, its_calls, callers.at(helper).size());
  }

 private:
  struct FoundWay {
    const Spread* spread = nullptr;
    bool is_sure = false;
    bool ready_after_await = false;
  };

  static std::set<FunctionId> allowed_in(const Program& program) {
    std::set<FunctionId> ids;
    for (const Allowed& one : records_of<Allowed>(program, "allowed"))
      if (const FunctionId* id = program.graph().find(one.function)) ids.insert(*id);
    return ids;
  }

  // Returns the functions with sinks that are, or are not, over at once after an await.
  std::vector<FunctionId> seeds(bool ready_after_await) const {
    std::vector<FunctionId> ids;
    for (const auto& [id, sinks] : sinks_)
      if (first_sink(id, ready_after_await)) ids.push_back(id);
    return ids;
  }

  const Sink* first_sink(FunctionId id, bool ready_after_await) const {
    for (const Sink& sink : sinks_.at(id))
      if (sink.is_ready_after_await() == ready_after_await) return &sink;
    return nullptr;
  }

  // Blocking is handed up by what runs in the caller's thread. A coroutine or a handler is reported itself.
  SpreadRules rules(bool all_overriders, bool unless_ready) const {
    return {[this, all_overriders](const Edge& edge) {
              return runs_here(edge.way, graph_.function(edge.callee).is_coroutine) && !edge.is_elsewhere &&
                     (all_overriders || !holds_many(edge.callee)) &&
                     !is_allowed(options_at(edge), graph_.name(edge.callee)) && !program_.is_cut(edge);
            },
            [this, unless_ready](FunctionId id) {
              const FunctionNode& function = graph_.function(id);
              const bool is_ready = unless_ready && graph_.name(id).ends_with("::await_resume");
              return !function.is_coroutine && !function.is_handler && !function.is_nonblocking && !is_ready;
            },
            all_overriders};
  }

  // What a queue of work runs, such as an executor's, says nothing about one call of it.
  bool holds_many(FunctionId callee) const {
    if (!is_holder(graph_, callee)) return false;
    const auto [known, is_new] = holds_many_.try_emplace(callee, false);
    if (is_new) known->second = holds_more_than(graph_, callee, most_stored);
    return known->second;
  }

  // A coroutine that calls one helper often is one mistake, at the first call.
  std::vector<EdgeId> calls_that_block(FunctionId id) const {
    std::vector<EdgeId> calls;
    std::set<FunctionId> helpers;
    for (const EdgeId call : graph_.calls_of(id)) {
      const Edge& edge = graph_.edges()[call];
      // Another program of the tree may have a plain function of that name.
      if (!edge.in_async) continue;
      const FoundWay way = way_of(edge);
      if (!way.spread || is_on_open_object(call, way) || is_too_long(call, way)) continue;
      if (helpers.insert(edge.callee).second) calls.push_back(call);
    }
    return calls;
  }

  const Options& options_at(const Edge& edge) const {
    const auto [found, is_new] = options_.try_emplace(edge.file);
    if (is_new) found->second = program_.options(graph_.place(edge).file);
    return found->second;
  }

  bool is_too_long(EdgeId call, const FoundWay& way) const {
    const std::int64_t most = options_at(graph_.edges()[call]).number(max_chain.name);
    return most != 0 && static_cast<std::int64_t>(way.spread->way_from(call).size()) > most;
  }

  // A database in memory has no disk to wait for, and no server.
  bool is_on_open_object(EdgeId call, const FoundWay& way) const {
    return openings_.waits_for_nothing(graph_.place(graph_.edges()[call])) &&
           first_sink(way.spread->seed_of(call), way.ready_after_await)->subject == "local_db";
  }

  // Returns the functions on the way of the call, its callee first.
  std::vector<FunctionId> functions_on_way(EdgeId call) const {
    std::vector<FunctionId> functions;
    for (const EdgeId step : way_of(graph_.edges()[call]).spread->way_from(call))
      functions.push_back(graph_.edges()[step].callee);
    return functions;
  }

  // Returns for each function on a way the coroutines and handlers whose ways go through it.
  std::map<FunctionId, std::set<FunctionId>> callers_through(const std::vector<EdgeId>& calls) const {
    std::map<FunctionId, std::set<FunctionId>> callers;
    for (const EdgeId call : calls)
      for (const FunctionId id : functions_on_way(call)) callers[id].insert(graph_.edges()[call].caller);
    return callers;
  }

  // A helper that most of the program comes to, such as its logger, is one mistake: its own. It is reported
  // at the first call.
  void report_shared(FunctionId helper, const std::vector<EdgeId>& calls, std::size_t callers) {
    const auto order = [this](EdgeId call) {
      const Edge& edge = graph_.edges()[call];
      return std::pair(!way_of(edge).is_sure, graph_.place(edge));
    };
    const EdgeId first = *std::min_element(calls.begin(), calls.end(),
                                           [&](EdgeId a, EdgeId b) { return order(a) < order(b); });
    Finding& finding = report_call(first);
    const Place& at = graph_.function(helper).place;
    finding.notes.push_back(
        {at.is_somewhere() ? at : finding.place,
         "changed here, it is changed for " + std::to_string(callers - 1) +
             " other coroutines or handlers that come here; they are not reported one by one"});
  }

  FoundWay way_of(const Edge& edge) const {
    if (sure_.has(edge)) return {&sure_, true, false};
    if (sure_unless_ready_.has(edge)) return {&sure_unless_ready_, true, true};
    if (possible_.has(edge)) return {&possible_, false, false};
    if (possible_unless_ready_.has(edge)) return {&possible_unless_ready_, false, true};
    return {};
  }

  Finding& report_call(EdgeId call) {
    const Edge& edge = graph_.edges()[call];
    const FoundWay way = way_of(edge);
    const Spread& spread = *way.spread;
    const Message& message = !way.is_sure                                ? may_reach
                             : graph_.function(edge.caller).is_coroutine ? reaches
                                                                         : reaches_loop;
    const Sink& sink = *first_sink(spread.seed_of(call), way.ready_after_await);
    Finding& finding = program_.report(
        graph_.place(edge), edge.caller, message,
        {std::string(graph_.name(edge.callee)), std::string(graph_.name(edge.caller)), sink.name});
    finding.sink = sink.name;
    finding.level = way.is_sure ? level_of(sink.subject) : Level::note;
    finding.label = consequence(sink.subject);
    finding.path = steps_of(program_, spread.way_from(call));
    finding.path.push_back(
        {sink.place, std::string(graph_.name(spread.seed_of(call))), "'" + sink.name + "' blocks"});
    finding.help = remedy(program_.models(), graph_.library(edge.caller), sink.subject, sink.replace);
    if (const std::string others = other_sinks(edge, spread); !others.empty())
      finding.notes.push_back({sink.place, "the nearest of " + others + " blocking calls that '" +
                                               finding.arguments.front() + "' comes to"});
    return finding;
  }

  // Says how many blocking calls `first` comes to; nothing if it is one. Looking ends after some functions:
  // in a program where everything calls everything, counting would take longer than all else.
  std::string other_sinks(const Edge& first, const Spread& spread) const {
    std::set<FunctionId> seen;
    std::vector<FunctionId> open;
    const auto go_to = [&](const Edge& edge) {
      if (!spread.has(edge)) return;
      if (edge.way == Way::may_run)
        for (const FunctionId target : graph_.targets_of(edge.callee))
          if (seen.insert(target).second) open.push_back(target);
      if (seen.insert(edge.callee).second) open.push_back(edge.callee);
    };
    std::size_t count = 0;
    for (go_to(first); !open.empty() && seen.size() < most_functions;) {
      const FunctionId id = open.back();
      open.pop_back();
      if (const auto sinks = sinks_.find(id); sinks != sinks_.end()) count += sinks->second.size();
      for (const EdgeId call : graph_.calls_of(id)) go_to(graph_.edges()[call]);
    }
    if (!open.empty()) return "many";
    return count > 1 ? std::to_string(count) : "";
  }

  static constexpr std::size_t most_functions = 100;
  static constexpr std::size_t most_callers = 10;
  static constexpr std::size_t most_stored = 8;

  Program& program_;
  const CallGraph& graph_;
  const bool with_waits_;
  mutable std::map<std::uint32_t, Options> options_;  // by file
  mutable std::map<FunctionId, bool> holds_many_;
  const Openings openings_;
  const std::set<FunctionId> allowed_;
  const std::map<FunctionId, std::vector<Sink>> sinks_;
  const Spread sure_, sure_unless_ready_, possible_, possible_unless_ready_;
};

}  // namespace

void conclude(Program& program) {
  report_kept(program);
  Chains(program, true).report();
  Chains(program, false).report();
}

}  // namespace corolint::blocking
