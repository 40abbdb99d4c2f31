#include "cli/analysis_setup.h"
#include "cli/commands.h"
#include "cli/print.h"
#include "engine/graph_text.h"
#include "engine/run.h"
#include "engine/stage_files.h"
#include "llvm/Support/raw_ostream.h"

namespace corolint {

namespace {

// Returns the call graph of the plan's units; those that are missing in it, whole or in part, are told on
// stderr.
llvm::Expected<CallGraph> graph_of(const Plan& plan, const Analysis& analysis,
                                   const RunningRequest& running) {
  const std::vector<std::size_t> units = all_units(plan);
  CallGraph graph;
  for (const UnitText& unit :
       facts_of(plan, analysis, units, worker_limits(running), Progress(units.size(), false))) {
    std::optional<BrokenUnit> broken = unit.lost;
    if (!unit.text.empty()) {
      auto facts = facts_from_text(unit.text, digest_of(plan), "the answer of a worker");
      if (!facts) return facts.takeError();
      graph.add(facts->facts);
      broken = facts->broken;
    }
    if (broken)
      llvm::errs() << "note: not fully in the graph: " << broken->file << ": " << broken->cause << "\n";
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
  auto graph = graph_of(*plan, setup->analysis(*plan), check.running);
  if (!graph) return graph.takeError();
  const auto answer = graph_answer(*graph, request.from, request.to);
  if (!answer)
    return llvm::createStringError("no function '%s' with calls is known in %zu units", request.from.c_str(),
                                   plan->commands.size());
  return print(request.as_dot ? as_dot(*graph, *answer) : as_text(*graph, *answer));
}

}  // namespace corolint
