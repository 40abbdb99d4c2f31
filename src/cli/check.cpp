#include <chrono>

#include "cli/commands.h"
#include "cli/gate.h"
#include "cli/session.h"

namespace corolint {

namespace {

llvm::Expected<Plan> timed_plan(const InputRequest& request, UnitLog& log) {
  const auto timer = log.time("plan");
  return make_plan(request);
}

llvm::Expected<int> timed_output(const GateRequest& request, Report report, const Plan& plan, UnitLog& log) {
  const auto timer = log.time("output");
  return decide_and_show(request, std::move(report), plan.notices);
}

}  // namespace

// The four stages in one process, with nothing written in between but to the cache.
llvm::Expected<int> check(const CheckRequest& request) {
  const auto begin = std::chrono::steady_clock::now();
  UnitLog log;
  auto plan = timed_plan(request.input, log);
  if (!plan) return plan.takeError();
  auto setup = set_up(*plan);
  if (!setup) return setup.takeError();
  Session session(*plan, *setup, request.run, request.gate.quiet, log);
  Report report = checked(*plan, session.tools());
  session.end_analysis();
  if (llvm::Error error = session.write_reproducers()) return error;
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  auto status = timed_output(request.gate, std::move(report), *plan, log);
  if (!status) return status.takeError();
  if (llvm::Error error = session.show_profile()) return error;
  return *status;
}

}  // namespace corolint
