#include "engine/run.h"

#include <algorithm>
#include <set>

#include "cache/digest.h"
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

// Returns what decides the report on the units: a digest of each text, and what is reported on.
std::vector<std::string> digests_of(const std::vector<UnitText>& units, const std::vector<UnitText>& others,
                                    std::size_t unseen, const std::vector<std::string>& unread,
                                    const Plan& plan) {
  std::vector<std::string> digests = {digest_of_settings(plan)};
  for (const UnitText& unit : units)
    digests.push_back(unit.is_unneeded    ? "not needed"
                      : unit.text.empty() ? unit.lost.file + ": " + unit.lost.cause
                                          : digest_of_bytes(unit.text));
  digests.push_back(std::to_string(unseen));
  for (const UnitText& unit : others) digests.push_back(digest_of_bytes(unit.text));
  if (!others.empty())
    for (const std::string& file : all_files(units)) digests.push_back(file);
  digests.insert(digests.end(), unread.begin(), unread.end());
  return digests;
}

std::optional<Report> report_of(const std::optional<std::string>& kept, const Plan& plan, RunTools& tools) {
  return kept ? report_from_kept(*kept, plan, tools.cache.states()) : std::nullopt;
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
  if (auto report = [&]() -> std::optional<Report> {
        if (!plan.only.empty()) return std::nullopt;  // which files are read is asked below
        const auto timer = tools.log.time("cache");
        return report_of(tools.cache.find_unchanged(plan, tools.skips_synchronous), plan, tools);
      }())
    return report->known_units = plan.commands.size(), std::move(*report);
  std::vector<UnitText> others = known_facts_of_others(plan, tools);
  std::vector<UnitText> units = facts_of_needed(plan, tools);
  const auto timer = tools.log.time("link");
  const std::size_t unseen = plan.others.size() - others.size();
  const std::set<std::string> files = all_files(units);
  const bool sees_all = plan.is_whole && tools.interrupted_by() == 0;
  const auto unread = sees_all ? unread_coroutines(plan, files) : std::vector<std::string>();
  const auto digests = digests_of(units, others, unseen, unread, plan);
  const auto known = std::count_if(units.begin(), units.end(), [](const UnitText& u) { return u.is_known; });
  std::optional<Report> report;
  if (tools.interrupted_by() == 0) report = report_of(tools.cache.find_report(digests), plan, tools);
  if (!report) {
    report = linked(plan, tools.analysis(), std::move(units), std::move(others), unseen);
    report->unread = unread;
    report->interrupted_by = tools.interrupted_by();
    if (report->interrupted_by == 0)
      tools.cache.store_report(digests, kept_report(*report, tools.cache.states()));
  }
  report->unseen_units = unseen;
  report->known_units = static_cast<std::size_t>(known);
  if (!plan.only.empty())
    keep_only(plan.only, files, *report);
  else if (report->interrupted_by == 0)
    tools.cache.store_unchanged(plan, tools.skips_synchronous, digests);
  return std::move(*report);
}

}  // namespace corolint
