#include <algorithm>
#include <numeric>
#include <set>

#include "cli/analysis_setup.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/print.h"
#include "engine/graph_text.h"
#include "engine/run.h"
#include "engine/stage_files.h"

namespace corolint {

llvm::Expected<int> show_graph(const CheckRequest& check, const GraphRequest& request) {
  auto plan = make_plan(check.input);
  if (!plan) return plan.takeError();
  auto setup = set_up(*plan);
  if (!setup) return setup.takeError();
  const Analysis analysis = setup->analysis(*plan);
  std::vector<std::size_t> units(plan->commands.size());
  std::iota(units.begin(), units.end(), std::size_t{0});
  CallGraph graph;
  for (UnitText& unit :
       facts_of(*plan, analysis, units, workers_for(check.jobs), Progress(units.size(), false)))
    if (auto facts = facts_from_text(unit.text, digest_of(*plan), ""))
      graph.add(facts->facts);
    else
      llvm::consumeError(facts.takeError());
  graph.finish();
  const auto answer = graph_answer(graph, request.from, request.to);
  if (!answer)
    return llvm::createStringError("no function '%s' with calls is known in %zu units", request.from.c_str(),
                                   units.size());
  return print(request.as_dot ? as_dot(graph, *answer) : as_text(graph, *answer));
}

}  // namespace corolint
