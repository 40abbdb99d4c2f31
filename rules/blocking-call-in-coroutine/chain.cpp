#include "chain.h"

#include <map>
#include <set>

#include "blocking_calls.h"
#include "facts/spread.h"
#include "rule/record.h"
#include "unit/shown_name.h"
#include "wording.h"

namespace corolint::blocking {

// A blocking call in a function that is no coroutine.
struct Sink {
  std::string function;  // key of the function that holds it
  std::string name;
  std::string subject;
  std::vector<std::string> replace;
  bool waits = false;  // for asynchronous work, which may be allowed where blocking is not
  Place place;
};
RULE_RECORD(Sink, function, name, subject, replace, waits, place)

// A handler that runs where waiting for asynchronous work is allowed.
struct Allowed {
  std::string function;
};
RULE_RECORD(Allowed, function)

void export_allowed(Pass& pass, const Function& handler) {
  export_record(pass, "allowed", Allowed{pass.key(handler.declaration())});
}

void export_sinks(Pass& pass, const Function& function) {
  each_blocking_call(pass, function, [&](const Call& call, const Entry& entry) {
    if (pass.is_suppressed(call.expr)) return;
    export_record(
        pass, "sink",
        Sink{pass.key(function.declaration()), shown_name(*call.callee), entry.subject, entry.replace,
             entry.role == Role::sync_wait, pass.unit().place_of(call.expr->getSourceRange())});
  });
}

namespace {

class Chains {
 public:
  // `with_waits`: sinks that wait for asynchronous work count; for the handlers where that is allowed they do
  // not.
  Chains(Program& program, bool with_waits)
      : program_(program),
        graph_(program.graph()),
        with_waits_(with_waits),
        allowed_(allowed_in(program)),
        sinks_(sinks_of(program, with_waits)),
        sure_(graph_, seeds(), rules(true)),
        possible_(graph_, seeds(), rules(false)) {}

  void report() {
    for (FunctionId id = 0; id < graph_.functions().size(); ++id)
      if ((graph_.function(id).is_coroutine || graph_.function(id).is_handler) &&
          allowed_.contains(id) != with_waits_)
        report_calls_of(id);
  }

 private:
  static std::set<FunctionId> allowed_in(const Program& program) {
    std::set<FunctionId> ids;
    for (const Allowed& one : records_of<Allowed>(program, "allowed"))
      if (const FunctionId* id = program.graph().find(one.function)) ids.insert(*id);
    return ids;
  }

  static std::map<FunctionId, std::vector<Sink>> sinks_of(const Program& program, bool with_waits) {
    std::map<FunctionId, std::vector<Sink>> sinks;
    for (Sink& sink : records_of<Sink>(program, "sink"))
      if (const FunctionId* id = program.graph().find(sink.function); id && (with_waits || !sink.waits))
        sinks[*id].push_back(std::move(sink));
    return sinks;
  }

  std::vector<FunctionId> seeds() const {
    std::vector<FunctionId> ids;
    for (const auto& [id, sinks] : sinks_) ids.push_back(id);
    return ids;
  }

  // Blocking is handed up by what runs in the caller's thread. A coroutine or a handler is reported itself.
  SpreadRules rules(bool all_overriders) const {
    return {[this](const Edge& edge) {
              return runs_here(edge.way, graph_.function(edge.callee).is_coroutine) && !edge.is_elsewhere &&
                     !is_allowed(options_at(edge), graph_.name(edge.callee)) && !program_.is_cut(edge);
            },
            [this](FunctionId id) {
              const FunctionNode& function = graph_.function(id);
              return !function.is_coroutine && !function.is_handler && !function.is_nonblocking;
            },
            all_overriders};
  }

  // A coroutine that calls one helper often is one mistake, at the first call.
  void report_calls_of(FunctionId id) {
    std::set<FunctionId> reported;
    for (const EdgeId call : graph_.calls_of(id)) {
      const Edge& edge = graph_.edges()[call];
      if (reported.contains(edge.callee)) continue;
      if (is_reported(call, sure_))
        report_call(call, sure_, graph_.function(id).is_coroutine ? reaches : reaches_loop);
      else if (!sure_.has(edge) && is_reported(call, possible_))
        report_call(call, possible_, may_reach).level = Level::note;
      else
        continue;
      reported.insert(edge.callee);
    }
  }

  const Options& options_at(const Edge& edge) const {
    const auto [found, is_new] = options_.try_emplace(edge.file);
    if (is_new) found->second = program_.options(graph_.place(edge).file);
    return found->second;
  }

  bool is_reported(EdgeId call, const Spread& spread) const {
    const Edge& edge = graph_.edges()[call];
    if (!spread.has(edge)) return false;
    const std::int64_t most = options_at(edge).number(max_chain.name);
    return most == 0 || static_cast<std::int64_t>(spread.way_from(call).size()) <= most;
  }

  Finding& report_call(EdgeId call, const Spread& spread, const Message& message) {
    const Edge& edge = graph_.edges()[call];
    const Sink& sink = sinks_.at(spread.seed_of(call)).front();
    Finding& finding = program_.report(
        graph_.place(edge), edge.caller, message,
        {std::string(graph_.name(edge.callee)), std::string(graph_.name(edge.caller)), sink.name});
    finding.sink = sink.name;
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

  Program& program_;
  const CallGraph& graph_;
  const bool with_waits_;
  mutable std::map<std::uint32_t, Options> options_;  // by file
  const std::set<FunctionId> allowed_;
  const std::map<FunctionId, std::vector<Sink>> sinks_;
  const Spread sure_, possible_;
};

}  // namespace

void conclude(Program& program) {
  Chains(program, true).report();
  Chains(program, false).report();
}

}  // namespace corolint::blocking
