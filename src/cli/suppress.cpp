#include <algorithm>

#include "cli/apply_fixes.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/gate.h"
#include "cli/known_findings.h"
#include "cli/print.h"
#include "engine/own_rules.h"
#include "engine/suppress.h"
#include "llvm/Support/FormatVariadic.h"

namespace corolint {

namespace {

llvm::Expected<Report> present(const CheckRequest& request) {
  auto report = checked_report(request);
  if (!report) return report.takeError();
  std::vector<std::string> notices;
  if (llvm::Error error = keep_new(request.gate.fresh, *report, notices)) return error;
  // What is said of suppressions is put right there, not suppressed in turn.
  std::erase_if(report->findings, [](const Finding& finding) {
    return std::any_of(own_rules().begin(), own_rules().end(),
                       [&](const RuleEntry& own) { return own.name == finding.rule; });
  });
  return report;
}

}  // namespace

// The files are checked again: a comment that does not do what it should is told, not left to be found in CI.
llvm::Expected<int> suppress(const CheckRequest& request, const std::string& reason) {
  auto before = present(request);
  if (!before) return before.takeError();
  const FixedFiles files = with_suppressions(*before, reason);
  if (llvm::Error error = write_fixed(files)) return error;
  auto after = present(request);
  if (!after) return after.takeError();
  if (after->broken.size() > before->broken.size()) {
    if (llvm::Error error = take_back(files)) return error;
    return llvm::createStringError("the comments were taken back: with them, %s no longer compiles",
                                   after->broken.front().file.c_str());
  }
  for (const std::string& notice : files.notices) tell_note(notice);
  for (const Finding& finding : after->findings)
    tell_note("still reported: " + finding.place.file + ":" + std::to_string(finding.place.line) + ": " +
              finding.rule);
  tell_broken(*after);
  tell(llvm::formatv("{0} of {1} findings suppressed in {2} files.\n",
                     before->findings.size() - std::min(before->findings.size(), after->findings.size()),
                     before->findings.size(), files.files.size()));
  if (!after->findings.empty()) return exit_findings;
  return after->broken.empty() ? exit_clean : exit_incomplete;
}

}  // namespace corolint
