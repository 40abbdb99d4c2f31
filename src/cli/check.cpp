#include <chrono>
#include <memory>
#include <set>

#include "cli/apply_fixes.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/gate.h"
#include "cli/known_findings.h"
#include "cli/one_file.h"
#include "cli/output_files.h"
#include "cli/print.h"
#include "cli/process.h"
#include "cli/read_text.h"
#include "cli/session.h"
#include "cli/watch.h"
#include "engine/stage_files.h"
#include "llvm/Support/BuryPointer.h"
#include "output/spelling.h"
#include "project/nothing_selected.h"

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

// What a check of the plan needs, loaded once.
struct Checker {
  const Plan& plan;
  Setup& setup;
  const CheckRequest& request;
  UnitLog& log;
  Profile& profile;                        // of the units of the last run
  std::set<std::string>* files = nullptr;  // what the last run read, if that is asked for

  // The stages in one process, with nothing written in between but to the cache.
  llvm::Expected<Report> run() const {
    const auto begin = std::chrono::steady_clock::now();
    Session session(plan, setup, request.run, request.gate.quiet, log);
    if (files) session.tools().cache.remember_files();
    Report report = checked(plan, session.tools());
    if (files) files->merge(session.tools().cache.take_files());
    session.end_analysis();
    if (llvm::Error error = session.write_reproducers()) return error;
    profile = session.take_profile();
    if (!request.watch) session.leave_memory();
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
    auto after = checker.run();
    if (!after) return after.takeError();
    if (after->interrupted_by != 0) {
      report.interrupted_by = after->interrupted_by;
      tell_note("interrupted while the fixes were checked: they are taken back");
      return take_back(fixed);
    }
    if (const std::string broken = newly_broken(report, *after); !broken.empty()) {
      if (llvm::Error error = take_back(fixed)) return error;
      return llvm::createStringError("the fixes were taken back: with them, %s", broken.c_str());
    }
    report = std::move(*after);
  }
  if (!checker.request.gate.quiet) tell(fix_summary(fixed, true));
  return llvm::Error::success();
}

llvm::Expected<int> show_patch(const CheckRequest& request, const Report& report) {
  const FixedFiles fixed = fixed_files(report, request.fix.with_unsafe);
  auto status = print_bytes(as_patch(fixed));
  if (!status) return status;
  tell_broken(report);
  if (!request.gate.quiet) tell(fix_summary(fixed, false));
  const int decided = status_of(report, request.gate);
  if (decided == exit_internal) return decided;
  if (!fixed.files.empty()) return exit_findings;
  return decided == exit_incomplete ? decided : exit_clean;
}

llvm::Expected<int> check_and_show(const Checker& checker) {
  const CheckRequest& request = checker.request;
  auto report = checker.run();
  if (!report) return report.takeError();
  const bool is_whole = report->interrupted_by == 0;  // else its fixes and its facts are a part of them
  if (request.fix.as_patch && is_whole) return show_patch(request, *report);
  if (request.fix.apply && is_whole)
    if (llvm::Error error = fix(checker, *report)) return error;
  if (!request.save.empty())
    if (llvm::Error error = write_to_file(request.save, result_text(*report))) return error;
  return timed_output(request.gate, std::move(*report), checker.plan, checker.log);
}

// Returns the error, or, if it only says that there is nothing to do and that may be, shows an empty report.
llvm::Expected<int> no_plan(const CheckRequest& request, llvm::Error error) {
  if (!error.isA<NothingSelected>()) return error;
  const std::string why = llvm::toString(std::move(error));
  if (!request.input.allow_empty)
    return llvm::createStringError("%s (--allow-empty makes this a success)", why.c_str());
  auto here = working_directory();
  if (!here) return here.takeError();
  Report report;
  report.root = *here;
  return decide_and_show(request.gate, std::move(report), {why});
}

}  // namespace

llvm::Expected<Report> checked_report(const CheckRequest& request) {
  UnitLog log;
  auto plan = make_plan(request.input);
  if (!plan) return plan.takeError();
  auto setup = set_up(*plan);
  if (!setup) return setup.takeError();
  Profile profile;
  auto report = Checker{*plan, *setup, request, log, profile}.run();
  if (!report) return report;
  if (report->interrupted_by != 0) {
    tell_broken(*report);
    end_by(report->interrupted_by);
    return llvm::createStringError("interrupted");
  }
  if (llvm::Error error = show_profile(request.run, std::move(profile), log)) return error;
  return report;
}

namespace {

// `files` is told what was read, if it is there.
llvm::Expected<int> check_once(const CheckRequest& request, std::set<std::string>* files) {
  UnitLog log;
  if (llvm::Error error = check_outputs(request.gate)) return error;
  auto plan = timed_plan(request.input, log);
  if (!plan) return no_plan(request, plan.takeError());
  if (files) {
    files->insert(plan->inputs.begin(), plan->inputs.end());
    files->insert(baseline_file(request.gate.fresh, plan->settings.gate, plan->root));
  }
  if (llvm::Error error = check_new(request.gate.fresh, plan->settings.gate, plan->root)) return error;
  auto loaded = set_up(*plan);
  if (!loaded) return loaded.takeError();
  auto setup = std::make_unique<Setup>(std::move(*loaded));
  Profile profile;
  auto status = check_and_show({*plan, *setup, request, log, profile, files});
  if (!request.watch) llvm::BuryPointer(std::move(setup));  // the process ends: nobody needs its memory
  if (!status) return status;
  if (llvm::Error error = show_profile(request.run, std::move(profile), log)) return error;
  return status;
}

// Ends when it is interrupted, or when there is nothing to wait for.
llvm::Expected<int> check_and_watch(const CheckRequest& request) {
  FileWatch watch;
  for (bool is_first = true;; is_first = false) {
    watch.begin();
    std::set<std::string> read;
    auto status = check_once(request, &read);
    const bool is_over = status ? *status > exit_signal : is_first;
    watch.end(read);  // nothing was read where something is wrong with what was read before
    if (is_over || watch.size() == 0) return status;
    if (!status) tell("corolint: error: " + llvm::toString(status.takeError()) + "\n");
    if (!request.gate.quiet) tell("Watching " + counted(watch.size(), "file") + "; Ctrl-C ends this.\n");
    watch.wait();
  }
}

llvm::Expected<int> check_as_asked(const CheckRequest& request) {
  if (request.watch) return check_and_watch(request);
  if (request.input.stdin_filename.empty()) return check_once(request, nullptr);
  CheckRequest of_stdin = request;
  if (llvm::Error error = read_stdin_file(of_stdin.input)) return error;
  return check_once(of_stdin, nullptr);
}

}  // namespace

llvm::Expected<int> check(const CheckRequest& request) {
  auto status = check_as_asked(request);
  if (status && *status > exit_signal) end_by(*status - exit_signal);
  return status;
}

}  // namespace corolint
