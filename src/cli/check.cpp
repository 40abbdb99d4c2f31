#include <algorithm>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/output_files.h"
#include "cli/user_models.h"
#include "engine/run.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/raw_ostream.h"
#include "output/output.h"
#include "output/seen_from.h"
#include "project/paths.h"

namespace corolint {

namespace {

// Shows how far the run is: on a terminal only, and gone when the run ends.
class Progress {
 public:
  Progress(std::size_t total, bool quiet)
      : total_(total), shown_(!quiet && llvm::sys::Process::StandardErrIsDisplayed()) {}
  ~Progress() {
    if (shown_) llvm::errs() << "\r\033[K";
  }
  void operator()(std::size_t done) const {
    if (shown_) llvm::errs() << "\r" << done << " of " << total_ << " units\033[K";
  }

 private:
  std::size_t total_;
  bool shown_;
};

std::vector<const RuleEntry*> rules_to_run() {
  std::vector<const RuleEntry*> rules;
  for (const RuleEntry& rule : all_rules())
    if (rule.rule.level != Level::none) rules.push_back(&rule);
  return rules;
}

int status_of(const Report& report, const CheckRequest& request) {
  if (std::any_of(report.broken.begin(), report.broken.end(),
                  [](const BrokenUnit& unit) { return unit.is_internal; }))
    return exit_internal;
  const bool fails = request.fail_on != Level::none &&
                     std::any_of(report.findings.begin(), report.findings.end(),
                                 [&](const Finding& finding) { return finding.level >= request.fail_on; });
  if (fails) return exit_findings;
  return !report.broken.empty() && request.broken_fails ? exit_incomplete : exit_clean;
}

llvm::Expected<Report> analyse_project(const Project& project, const CheckRequest& request) {
  auto resource_dir = find_resource_dir();
  if (!resource_dir) return resource_dir.takeError();
  auto models = load_models(request.models, project.root);
  if (!models) return models.takeError();
  const Analysis analysis{{project.root, *resource_dir, models->defines()}, *models, rules_to_run()};
  const unsigned jobs = request.jobs ? request.jobs : llvm::hardware_concurrency().compute_thread_count();
  return run(project, analysis, jobs, Progress(project.commands.size(), request.quiet));
}

void tell_summary(const Project& project, const Report& report, bool quiet) {
  llvm::errs() << broken_units_text(
      report);  // also when quiet: an incomplete run must never look like a clean one
  if (quiet) return;
  for (const std::string& notice : project.notices) llvm::errs() << "note: " << notice << "\n";
  llvm::errs() << summary(report);
}

}  // namespace

llvm::Expected<int> check(const CheckRequest& request) {
  llvm::SmallString<256> here;
  if (const std::error_code error = llvm::sys::fs::current_path(here))
    return llvm::createStringError("the working directory cannot be read: %s", error.message().c_str());
  auto project = open_project(request.selection, here.str().str());
  if (!project) return project.takeError();
  auto report = analyse_project(*project, request);
  if (!report) return report.takeError();
  report->exit_status = status_of(*report, request);
  const Report seen = seen_from(*report, canonical(here, "/"));
  if (llvm::Error error = write_outputs(request, *report, seen)) return error;
  tell_summary(*project, seen, request.quiet);
  return report->exit_status;
}

}  // namespace corolint
