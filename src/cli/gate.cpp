#include "cli/gate.h"

#include <algorithm>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/known_findings.h"
#include "cli/output_files.h"
#include "cli/print.h"
#include "cli/read_text.h"
#include "engine/link.h"
#include "engine/stage_files.h"
#include "llvm/Support/FormatVariadic.h"
#include "output/output.h"
#include "output/seen_from.h"

namespace corolint {

namespace {

// Also when quiet the broken units are named: an incomplete run must never look like a clean one.
void tell_summary(const Report& report, const std::vector<std::string>& notices, bool quiet) {
  tell_broken(report);
  if (quiet) return;
  for (const std::string& notice : notices) tell_note(notice);
  if (report.unseen_units > 0)
    tell_note("nothing is known of " + std::to_string(report.unseen_units) +
              (report.unseen_units == 1 ? " other unit" : " other units") +
              " of the project: calls into what is there are not followed; a check of the whole project "
              "makes that known");
  tell(summary(report));
}

// `none` never fails a run; of the others the lowest fails the most.
Level stricter(Level a, Level b) {
  if (a == Level::none || b == Level::none) return std::max(a, b);
  return std::min(a, b);
}

GateSettings stricter(const GateSettings& a, const GateSettings& b) {
  return {stricter(a.fail_on, b.fail_on), a.broken_fails || b.broken_fails,
          a.baseline.empty() ? b.baseline : a.baseline};
}

// Returns what is in either of the sorted ranges.
template <typename Value>
std::vector<Value> united(const std::vector<Value>& a, const std::vector<Value>& b) {
  std::vector<Value> both;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

// Results of one tree under different configurations are one report.
llvm::Error add(Report& whole, Report part, const std::string& file) {
  if (whole.root != part.root)
    return llvm::createStringError("%s is of the project %s, the others of %s: gate them apart", file.c_str(),
                                   part.root.c_str(), whole.root.c_str());
  std::move(part.findings.begin(), part.findings.end(), std::back_inserter(whole.findings));
  std::move(part.broken.begin(), part.broken.end(), std::back_inserter(whole.broken));
  std::move(part.hidden.begin(), part.hidden.end(), std::back_inserter(whole.hidden));
  whole.unseen = united(whole.unseen, part.unseen);
  whole.unread = united(whole.unread, part.unread);
  whole.files = united(whole.files, part.files);
  std::vector<const RuleEntry*> rules;
  std::set_union(whole.rules.begin(), whole.rules.end(), part.rules.begin(), part.rules.end(),
                 std::back_inserter(rules),
                 [](const RuleEntry* a, const RuleEntry* b) { return a->name < b->name; });
  whole.rules = std::move(rules);
  whole.is_whole = whole.is_whole && part.is_whole;
  whole.units += part.units;
  whole.gate = stricter(whole.gate, part.gate);
  return llvm::Error::success();
}

}  // namespace

int status_of(const Report& report, const GateRequest& request) {
  if (std::any_of(report.broken.begin(), report.broken.end(),
                  [](const BrokenUnit& unit) { return unit.is_internal; }))
    return exit_internal;
  if (report.interrupted_by != 0) return exit_signal + report.interrupted_by;
  const Level fail_on = request.fail_on.value_or(report.gate.fail_on);
  const bool fails = !request.exit_zero && fail_on != Level::none &&
                     std::any_of(report.findings.begin(), report.findings.end(),
                                 [&](const Finding& finding) { return finding.level >= fail_on; });
  if (fails) return exit_findings;
  const bool broken_fails = request.broken_fails.value_or(report.gate.broken_fails);
  return !report.broken.empty() && broken_fails ? exit_incomplete : exit_clean;
}

void tell_broken(const Report& report) {
  tell(broken_units_text(report));
  if (!report.broken.empty())
    tell_note("calls into what was not analysed are not followed: findings may be missing");
  tell(unseen_text(report) + unread_text(report));
}

llvm::Expected<int> decide_and_show(const GateRequest& request, Report report,
                                    std::vector<std::string> notices) {
  auto here = working_directory();
  if (!here) return here.takeError();
  if (llvm::Error error = keep_new(request.fresh, report, notices)) return error;
  report.exit_status = status_of(report, request);
  const Report seen = seen_from(report, *here);
  if (llvm::Error error = write_outputs(request, report, seen)) return error;
  tell_summary(seen, notices, request.quiet);
  return report.exit_status;
}

namespace {

llvm::Expected<Report> read_result(const std::string& file) {
  auto text = read_text(file);
  if (!text) return text.takeError();
  return result_from_text(*text, file);
}

}  // namespace

llvm::Expected<int> gate(const StageRequest& stage, const GateRequest& request) {
  std::optional<Report> whole;
  for (const std::string& file : stage.inputs) {
    auto report = read_result(file);
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

// The result of another checkout is compared all the same: places are relative to the root.
llvm::Expected<int> diff(const StageRequest& stage, const GateRequest& request) {
  auto old = read_result(stage.inputs.at(0));
  if (!old) return old.takeError();
  auto report = read_result(stage.inputs.at(1));
  if (!report) return report.takeError();
  compare_with(*old, {}, *report);
  const std::size_t introduced = report->findings.size(), fixed = report->absent.size();
  const auto unchanged = static_cast<std::size_t>(
      std::count_if(report->hidden.begin(), report->hidden.end(),
                    [](const HiddenFinding& one) { return one.by == HiddenFinding::By::baseline; }));
  auto status = decide_and_show(request, std::move(*report), {});
  if (status && !request.quiet)
    tell(llvm::formatv("{0} introduced, {1} fixed, {2} unchanged.\n", introduced, fixed, unchanged));
  return status;
}

}  // namespace corolint
