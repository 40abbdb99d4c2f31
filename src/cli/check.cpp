#include <chrono>

#include "cli/analysis_setup.h"
#include "cli/commands.h"
#include "cli/gate.h"
#include "cli/reproducers.h"
#include "engine/run.h"

namespace corolint {

// The four stages in one process, with nothing written in between.
llvm::Expected<int> check(const CheckRequest& request) {
  const auto begin = std::chrono::steady_clock::now();
  auto plan = make_plan(request.input);
  if (!plan) return plan.takeError();
  auto setup = set_up(*plan);
  if (!setup) return setup.takeError();
  const Analysis analysis = setup->analysis(*plan);
  const std::vector<std::size_t> units = all_units(*plan);
  const WorkerLimits limits = worker_limits(request.running);
  std::vector<UnitText> texts = [&] {
    const Progress progress(units.size(), request.gate.quiet);
    return facts_of(*plan, analysis, units, limits, progress);
  }();
  if (llvm::Error error =
          write_reproducers(request.running.reproducer, *plan, analysis, units, texts, limits))
    return error;
  Report report = linked(*plan, analysis, std::move(texts));
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return decide_and_show(request.gate, std::move(report), plan->notices);
}

}  // namespace corolint
