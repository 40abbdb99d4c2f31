#include <chrono>

#include "cli/analysis_setup.h"
#include "cli/apply_fixes.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/gate.h"
#include "cli/output_files.h"
#include "cli/print.h"
#include "engine/run.h"
#include "engine/stage_files.h"
#include "llvm/Support/raw_ostream.h"

namespace corolint {

namespace {

// What a check of the plan needs, loaded once.
struct Checker {
  const Plan& plan;
  const Setup& setup;
  const CheckRequest& request;

  // The stages in one process, with nothing written in between.
  Report run() const {
    const auto begin = std::chrono::steady_clock::now();
    const Analysis analysis = setup.analysis(plan);
    const std::vector<std::size_t> units = all_units(plan);
    const Progress progress(units.size(), request.gate.quiet);
    Report report =
        linked(plan, analysis, facts_of(plan, analysis, units, workers_for(request.jobs), progress));
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return report;
  }
};

// Returns the first unit that is broken now and was not before, or nothing.
std::string newly_broken(const Report& before, const Report& after) {
  for (const BrokenUnit& unit : after.broken) {
    bool was_broken = false;
    for (const BrokenUnit& old : before.broken)
      was_broken = was_broken || (old.file == unit.file && old.error_count >= unit.error_count);
    if (!was_broken) return unit.file + (unit.errors.empty() ? "" : ": " + unit.errors.front().message);
  }
  return {};
}

// Applies the fixes and checks again, so that what is told is what is there. Fixes after which a unit no
// longer compiles are taken back.
llvm::Error fix(const Checker& checker, Report& report) {
  const FixedFiles fixed = fixed_files(report, checker.request.fix.with_unsafe);
  if (llvm::Error error = write_fixed(fixed)) return error;
  if (!fixed.files.empty()) {
    Report after = checker.run();
    if (const std::string broken = newly_broken(report, after); !broken.empty()) {
      if (llvm::Error error = take_back(fixed)) return error;
      return llvm::createStringError("the fixes were taken back: with them, %s", broken.c_str());
    }
    report = std::move(after);
  }
  if (!checker.request.gate.quiet) llvm::errs() << fix_summary(fixed, true);
  return llvm::Error::success();
}

llvm::Expected<int> show_patch(const CheckRequest& request, const Report& report) {
  const FixedFiles fixed = fixed_files(report, request.fix.with_unsafe);
  auto status = print(as_patch(fixed));
  if (!status) return status;
  tell_broken(report);
  if (!request.gate.quiet) llvm::errs() << fix_summary(fixed, false);
  const int decided = status_of(report, request.gate);
  if (decided == exit_internal) return decided;
  if (!fixed.files.empty()) return exit_findings;
  return decided == exit_incomplete ? decided : exit_clean;
}

}  // namespace

llvm::Expected<Report> checked_report(const CheckRequest& request) {
  auto plan = make_plan(request.input);
  if (!plan) return plan.takeError();
  auto setup = set_up(*plan);
  if (!setup) return setup.takeError();
  return Checker{*plan, *setup, request}.run();
}

llvm::Expected<int> check(const CheckRequest& request) {
  auto plan = make_plan(request.input);
  if (!plan) return plan.takeError();
  auto setup = set_up(*plan);
  if (!setup) return setup.takeError();
  const Checker checker{*plan, *setup, request};
  Report report = checker.run();
  if (request.fix.as_patch) return show_patch(request, report);
  if (request.fix.apply)
    if (llvm::Error error = fix(checker, report)) return error;
  if (!request.save.empty())
    if (llvm::Error error = write_to_file(request.save, result_text(report))) return error;
  return decide_and_show(request.gate, std::move(report), plan->notices);
}

}  // namespace corolint
