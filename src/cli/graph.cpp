#include "cli/commands.h"
#include "cli/print.h"
#include "cli/process.h"
#include "cli/session.h"
#include "engine/graph_text.h"
#include "engine/stage_files.h"

namespace corolint {

namespace {

// Returns the call graph of the plan's units; those that are missing in it, whole or in part, are told on
// stderr.
llvm::Expected<CallGraph> graph_of(const Plan& plan, Session& session) {
  const std::vector<UnitText> units = facts_of(plan, all_units(plan), session.tools());
  session.end_analysis();
  if (const int signal = session.interrupted_by(); signal != 0) {
    end_by(signal);
    return llvm::createStringError("interrupted");
  }
  CallGraph graph;
  for (const UnitText& unit : units) {
    std::optional<BrokenUnit> broken = unit.lost;
    if (!unit.text.empty()) {
      auto facts = facts_from_text(unit.text, "the answer of a worker");
      if (!facts) return facts.takeError();
      graph.add(facts->facts);
      broken = facts->broken;
    }
    if (broken) tell_note("not fully in the graph: " + broken->file + ": " + broken->cause);
  }
  graph.finish();
  return graph;
}

}  // namespace

llvm::Expected<int> show_graph(const CheckRequest& check, const GraphRequest& request) {
  auto plan = make_plan(check.input);
  if (!plan) return plan.takeError();
  auto setup = set_up(*plan);
  if (!setup) return setup.takeError();
  UnitLog log;
  Session session(*plan, *setup, check.run, false, log);
  auto graph = graph_of(*plan, session);
  if (!graph) return graph.takeError();
  if (llvm::Error error = show_profile(check.run, session.take_profile(), log)) return error;
  const auto answer = graph_answer(*graph, request.from, request.to);
  if (!answer)
    return llvm::createStringError("no function '%s' with calls is known in %zu units", request.from.c_str(),
                                   plan->commands.size());
  return print(request.as_dot ? as_dot(*graph, *answer) : as_text(*graph, *answer));
}

}  // namespace corolint
