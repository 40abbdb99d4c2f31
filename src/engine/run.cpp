#include "engine/run.h"

#include <algorithm>
#include <set>

#include "engine/kept_report.h"
#include "engine/needed_units.h"
#include "engine/stage_files.h"
#include "engine/unread.h"
#include "project/paths.h"

namespace corolint {

namespace {

// Adds the facts of a unit; what stands in files that are not `reported` on is left out.
void add(Linker& linker, UnitText unit, bool is_reported) {
  if (unit.is_unneeded) return linker.add({});
  if (unit.text.empty()) return linker.add_lost(std::move(unit.lost));
  auto facts = facts_from_text(std::exchange(unit.text, {}), "");  // freed here: all together are large
  if (!facts) return linker.add_lost({"", llvm::toString(facts.takeError()), {}, 0});
  if (is_reported)
    linker.add(std::move(*facts));
  else
    linker.add_context(std::move(*facts));
}

std::set<std::string> all_files(const std::vector<UnitText>& units) {
  std::set<std::string> files;
  for (const UnitText& unit : units) files.insert(unit.files.begin(), unit.files.end());
  return files;
}

}  // namespace

Report linked(const Plan& plan, const Analysis& analysis, std::vector<UnitText> units,
              std::vector<UnitText> others, std::size_t unseen) {
  Linker linker(analysis.models, analysis.rules, analysis.settings, analysis.suppressions);
  if (!others.empty()) linker.report_only(all_files(units));
  linker.add_unseen(unseen);
  for (UnitText& unit : units) add(linker, std::move(unit), true);
  for (UnitText& unit : others) add(linker, std::move(unit), false);
  Report report = linker.report(plan.root, plan.unsaved);
  std::set<std::string> files;
  for (const CompileCommand& command : plan.commands) files.insert(from_root(command.file, plan.root));
  report.files.assign(files.begin(), files.end());
  report.gate = plan.settings.gate;
  report.is_whole = plan.is_whole;
  return report;
}

namespace {

// What a report on the plan's units follows from, beside the plan.
struct Basis {
  std::vector<UnitText> units, others;
  std::size_t unseen = 0;            // units of which nothing is known
  std::set<std::string> files;       // that the units are made of
  std::vector<std::string> unread;   // files with coroutines that no unit reads
  std::vector<std::string> digests;  // of all that
};

std::vector<std::string> digests_of(const Basis& basis, const Plan& plan) {
  std::vector<std::string> digests = {digest_of_settings(plan)};
  for (const UnitText& unit : basis.units)
    digests.push_back(unit.is_unneeded      ? "not needed"
                      : unit.digest.empty() ? unit.lost.file + ": " + unit.lost.cause
                                            : unit.digest);
  digests.push_back(std::to_string(basis.unseen));
  for (const UnitText& unit : basis.others) digests.push_back(unit.digest);
  if (!basis.others.empty()) digests.insert(digests.end(), basis.files.begin(), basis.files.end());
  digests.insert(digests.end(), basis.unread.begin(), basis.unread.end());
  return digests;
}

Basis basis_of(const Plan& plan, std::vector<UnitText> units, std::vector<UnitText> others,
               const RunTools& tools) {
  Basis basis{std::move(units), std::move(others), 0, {}, {}, {}};
  basis.unseen = plan.others.size() - basis.others.size();
  basis.files = all_files(basis.units);
  const bool sees_all = plan.is_whole && tools.interrupted_by() == 0;
  if (sees_all) basis.unread = unread_coroutines(plan, basis.files);
  basis.digests = digests_of(basis, plan);
  return basis;
}

std::optional<Report> report_of(const std::optional<std::string>& kept, const Plan& plan, RunTools& tools) {
  return kept ? report_from_kept(*kept, plan, tools.cache.states()) : std::nullopt;
}

// Returns the report of the last run, if nothing has changed since.
std::optional<Report> unchanged(const Plan& plan, RunTools& tools) {
  if (!plan.only.empty()) return std::nullopt;  // which files are read is asked later
  const auto timer = tools.log.time("cache");
  auto report = report_of(tools.cache.find_unchanged(plan, tools.skips_synchronous), plan, tools);
  if (report) report->known_units = plan.commands.size();
  return report;
}

Report linked_anew(const Plan& plan, RunTools& tools, Basis& basis) {
  bool is_all_there = read_known(plan, tools, basis.units);
  is_all_there = read_others(tools, basis.others) && is_all_there;
  if (!is_all_there) basis = basis_of(plan, std::move(basis.units), std::move(basis.others), tools);
  Report report =
      linked(plan, tools.analysis(), std::move(basis.units), std::move(basis.others), basis.unseen);
  report.unread = basis.unread;
  report.interrupted_by = tools.interrupted_by();
  if (report.interrupted_by == 0)
    tools.cache.store_report(basis.digests, kept_report(report, tools.cache.states()));
  return report;
}

// A header is seen through a unit that includes it: only the header is reported on.
void keep_only(const std::string& file, const std::set<std::string>& files, Report& report) {
  if (!files.contains(file))
    report.broken.push_back(
        {file, "is not read by " + report.files.front() + ", which seemed to include it", {}, 0});
  std::erase_if(report.findings, [&](const Finding& finding) { return finding.place.file != file; });
  std::erase_if(report.hidden, [&](const HiddenFinding& one) { return one.finding.place.file != file; });
}

}  // namespace

Report checked(const Plan& plan, RunTools& tools) {
  if (auto report = unchanged(plan, tools)) return std::move(*report);
  std::vector<UnitText> others = known_facts_of_others(plan, tools);
  std::vector<UnitText> units = facts_of_needed(plan, tools);
  const auto known = std::count_if(units.begin(), units.end(), [](const UnitText& u) { return u.is_known; });
  const auto timer = tools.log.time("link");
  Basis basis = basis_of(plan, std::move(units), std::move(others), tools);
  std::optional<Report> report;
  if (tools.interrupted_by() == 0) report = report_of(tools.cache.find_report(basis.digests), plan, tools);
  if (!report) report = linked_anew(plan, tools, basis);
  report->unseen_units = basis.unseen;
  report->known_units = static_cast<std::size_t>(known);
  if (!plan.only.empty())
    keep_only(plan.only, basis.files, *report);
  else if (report->interrupted_by == 0)
    tools.cache.store_unchanged(plan, tools.skips_synchronous, basis.digests);
  return std::move(*report);
}

}  // namespace corolint
