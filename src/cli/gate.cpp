#include "cli/gate.h"

#include <algorithm>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/output_files.h"
#include "cli/read_text.h"
#include "engine/link.h"
#include "engine/stage_files.h"
#include "llvm/Support/raw_ostream.h"
#include "output/output.h"
#include "output/seen_from.h"

namespace corolint {

namespace {

int status_of(const Report& report, const GateRequest& request) {
  if (std::any_of(report.broken.begin(), report.broken.end(),
                  [](const BrokenUnit& unit) { return unit.is_internal; }))
    return exit_internal;
  const bool fails = request.fail_on != Level::none &&
                     std::any_of(report.findings.begin(), report.findings.end(),
                                 [&](const Finding& finding) { return finding.level >= request.fail_on; });
  if (fails) return exit_findings;
  return !report.broken.empty() && request.broken_fails ? exit_incomplete : exit_clean;
}

// Also when quiet the broken units are named: an incomplete run must never look like a clean one.
void tell_summary(const Report& report, const std::vector<std::string>& notices, bool quiet) {
  llvm::errs() << broken_units_text(report);
  if (!report.broken.empty())
    llvm::errs() << "note: calls into what was not analysed are not followed: findings may be missing\n"
                 << unseen_text(report);
  if (quiet) return;
  for (const std::string& notice : notices) llvm::errs() << "note: " << notice << "\n";
  if (report.unseen_units > 0)
    llvm::errs()
        << "note: nothing is known of " << report.unseen_units
        << (report.unseen_units == 1 ? " other unit" : " other units")
        << " of the project: calls into what is there are not followed; a check of the whole project "
           "makes that known\n";
  llvm::errs() << summary(report);
}

// Results of one tree under different configurations are one report.
llvm::Error add(Report& whole, Report part, const std::string& file) {
  if (whole.root != part.root)
    return llvm::createStringError("%s is of the project %s, the others of %s: gate them apart", file.c_str(),
                                   part.root.c_str(), whole.root.c_str());
  std::move(part.findings.begin(), part.findings.end(), std::back_inserter(whole.findings));
  std::move(part.broken.begin(), part.broken.end(), std::back_inserter(whole.broken));
  std::vector<std::string> files;
  std::set_union(whole.files.begin(), whole.files.end(), part.files.begin(), part.files.end(),
                 std::back_inserter(files));
  whole.files = std::move(files);
  whole.units += part.units;
  return llvm::Error::success();
}

}  // namespace

llvm::Expected<int> decide_and_show(const GateRequest& request, Report report,
                                    const std::vector<std::string>& notices) {
  auto here = working_directory();
  if (!here) return here.takeError();
  report.exit_status = status_of(report, request);
  const Report seen = seen_from(report, *here);
  if (llvm::Error error = write_outputs(request, report, seen)) return error;
  tell_summary(seen, notices, request.quiet);
  return report.exit_status;
}

llvm::Expected<int> gate(const StageRequest& stage, const GateRequest& request) {
  std::optional<Report> whole;
  for (const std::string& file : stage.inputs) {
    auto text = read_text(file);
    if (!text) return text.takeError();
    auto report = result_from_text(*text, file);
    if (!report) return report.takeError();
    if (!whole) {
      whole = std::move(*report);
    } else if (llvm::Error error = add(*whole, std::move(*report), file)) {
      return error;
    }
  }
  sort_and_merge(whole->findings);
  return decide_and_show(request, std::move(*whole), {});
}

}  // namespace corolint
