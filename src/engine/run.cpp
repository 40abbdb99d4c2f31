#include "engine/run.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "cache/digest.h"
#include "engine/fingerprint.h"
#include "engine/prefixes.h"
#include "engine/stage_files.h"
#include "engine/unit_entry.h"
#include "engine/unread.h"
#include "engine/worker_answer.h"
#include "engine/workers.h"
#include "project/paths.h"

namespace corolint {

namespace {

// Returns the unit's main file as a Place names it.
std::string name_of(const CompileCommand& command, const std::string& root) {
  const bool is_below = command.file.starts_with(root + "/");
  return is_below ? command.file.substr(root.size() + 1) : command.file;
}

BrokenUnit lost_unit(const CompileCommand& command, const std::string& root, const std::string& failure) {
  return {name_of(command, root), "analysis " + failure, {}, 0};
}

UnitText text_of(KnownUnit known) {
  return {std::move(known.facts), {}, std::move(known.files), true};
}

// Returns the facts that are known, and takes the places of those that are not in `open`.
std::vector<UnitText> known_texts(const Plan& plan, const std::vector<std::size_t>& units, RunTools& tools,
                                  std::vector<std::size_t>& open) {
  const auto timer = tools.log.time("cache");
  std::vector<UnitText> texts(units.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (auto known = tools.cache.find(plan.commands[units[i]]))
      texts[i] = text_of(std::move(*known));
    else
      open.push_back(i);
  }
  return texts;
}

// Sorts the places by how long their units may take, the longest first, and returns those times.
std::vector<std::int64_t> longest_first(const Plan& plan, const std::vector<std::size_t>& units,
                                        RunTools& tools, std::vector<std::size_t>& places) {
  std::vector<const CompileCommand*> commands;
  for (const std::size_t place : places) commands.push_back(&plan.commands[units[place]]);
  const std::vector<std::int64_t> times = tools.cache.times().estimates(commands);
  std::vector<std::size_t> order(places.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return times[a] > times[b]; });
  std::vector<std::size_t> sorted;
  std::vector<std::int64_t> sorted_times;
  for (const std::size_t i : order) {
    sorted.push_back(places[i]);
    sorted_times.push_back(times[i]);
  }
  places = std::move(sorted);
  return sorted_times;
}

std::string work_on(const CompileCommand& command, const Analysis& analysis, const Prefix* prefix,
                    const std::string& cache_folder) {
  UnitLog log;
  log.files.leave_out(cache_folder);
  UnitResult result;
  {
    const auto timer = log.time("unit");
    result = analyse(command, analysis, prefix, log);
  }
  return to_bytes(result, log);
}

Prefixes prefixes_for(std::size_t count, const std::function<const CompileCommand&(std::size_t)>& command_of,
                      const Analysis& analysis, RunTools& tools) {
  if (!tools.with_prefixes) return {};
  std::vector<const CompileCommand*> commands;
  for (std::size_t i = 0; i < count; ++i) commands.push_back(&command_of(i));
  return Prefixes::make(commands, analysis, tools.cache, tools.limits, tools.log);
}

// Takes in what a worker made of the unit.
UnitText taken(const Plan& plan, std::size_t number, Answer answer,
               const std::shared_ptr<const Prefix>& prefix, RunTools& tools) {
  const CompileCommand& command = plan.commands[number];
  UnitText text;
  auto made = answer.failure.empty() ? answer_from_bytes(std::move(answer.text))
                                     : llvm::createStringError("%s", answer.failure.c_str());
  if (!made) {
    text.lost = lost_unit(command, plan.root, llvm::toString(made.takeError()));
    if (tools.lost) tools.lost({number, command, text.lost, std::move(answer.log)});
    return text;
  }
  text.text = std::move(made->facts);
  text.files = files_read(made->log.files, plan.root);
  for (const Span& span : made->log.spans)
    if (span.stage == "unit") tools.cache.times().set(command, span.duration);
  if (tools.profile) tools.profile(command.file, made->log);
  std::shared_ptr<const FileLog> of_prefix;
  if (made->log.used_prefix) {
    of_prefix = {prefix, &prefix->log};
    tools.cache.set_last_prefix(command, prefix->file);
  }
  if (made->is_whole) tools.cache.store(command, made->log.files, of_prefix, text.text);
  return text;
}

// Adds the facts of a unit; what stands in files that are not `reported` on is left out.
void add(Linker& linker, UnitText unit, bool is_reported) {
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
    digests.push_back(unit.text.empty() ? unit.lost.file + ": " + unit.lost.cause
                                        : digest_of_bytes(unit.text));
  digests.push_back(std::to_string(unseen));
  for (const UnitText& unit : others) digests.push_back(digest_of_bytes(unit.text));
  if (!others.empty())
    for (const std::string& file : all_files(units)) digests.push_back(file);
  digests.insert(digests.end(), unread.begin(), unread.end());
  return digests;
}

std::optional<Report> report_of(const std::optional<std::string>& text, const Plan& plan) {
  if (!text) return std::nullopt;
  auto report = result_from_text(*text, "");
  if (!report) {
    llvm::consumeError(report.takeError());  // made by nobody: a miss like any other
    return std::nullopt;
  }
  report->root = plan.root;
  return std::move(*report);
}

std::vector<UnitText> known_others(const Plan& plan, RunTools& tools) {
  const auto timer = tools.log.time("cache");
  std::vector<UnitText> texts;
  for (const CompileCommand& command : plan.others)
    if (auto known = tools.cache.find(command)) texts.push_back(text_of(std::move(*known)));
  return texts;
}

}  // namespace

std::vector<UnitText> facts_of(const Plan& plan, const std::vector<std::size_t>& units, RunTools& tools) {
  std::vector<std::size_t> open;
  std::vector<UnitText> texts = known_texts(plan, units, tools, open);
  if (open.empty()) return texts;
  const auto timer = tools.log.time("units");
  const auto command_of = [&](std::size_t item) -> const CompileCommand& {
    return plan.commands[units[open[item]]];
  };
  const std::vector<std::int64_t> times = longest_first(plan, units, tools, open);
  if (tools.watch.planned) tools.watch.planned(units.size(), times);
  const Analysis analysis = tools.analysis();
  Prefixes prefixes = prefixes_for(open.size(), command_of, analysis, tools);
  const WorkWatch watch = {[&](std::size_t item) {
                             if (tools.watch.begun) tools.watch.begun(item, command_of(item).file);
                           },
                           [&](std::size_t item, Answer answer) {
                             texts[open[item]] =
                                 taken(plan, units[open[item]], std::move(answer), prefixes.of(item), tools);
                             if (tools.watch.done) tools.watch.done(item);
                           },
                           [&](std::size_t item) { return prefixes.drop(item); }};
  // A folder around the project is no cache: nothing is kept there.
  const std::string folder_of_cache =
      is_within(plan.root, tools.cache.folder()) ? std::string() : tools.cache.folder();
  const auto work = [&](std::size_t item) {
    return work_on(command_of(item), analysis, prefixes.of(item).get(), folder_of_cache);
  };
  in_workers(open.size(), tools.limits, work, watch);
  return texts;
}

Report linked(const Plan& plan, const Analysis& analysis, std::vector<UnitText> units,
              std::vector<UnitText> others, std::size_t unseen) {
  Linker linker(analysis.models, analysis.rules, analysis.settings, analysis.suppressions);
  if (!others.empty()) linker.report_only(all_files(units));
  linker.add_unseen(unseen);
  for (UnitText& unit : units) add(linker, std::move(unit), true);
  for (UnitText& unit : others) add(linker, std::move(unit), false);
  Report report = linker.report(plan.root);
  std::set<std::string> files;
  for (const CompileCommand& command : plan.commands) files.insert(name_of(command, plan.root));
  report.files.assign(files.begin(), files.end());
  report.gate = plan.settings.gate;
  report.is_whole = plan.is_whole;
  return report;
}

Report checked(const Plan& plan, RunTools& tools) {
  if (auto report = [&] {
        const auto timer = tools.log.time("cache");
        return report_of(tools.cache.find_unchanged(plan), plan);
      }())
    return report->known_units = plan.commands.size(), std::move(*report);
  std::vector<std::size_t> all(plan.commands.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::vector<UnitText> units = facts_of(plan, all, tools);
  std::vector<UnitText> others = known_others(plan, tools);
  const auto timer = tools.log.time("link");
  const std::size_t unseen = plan.others.size() - others.size();
  const auto unread =
      plan.is_whole ? unread_coroutines(plan, all_files(units)) : std::vector<std::string>();
  const auto digests = digests_of(units, others, unseen, unread, plan);
  const auto known = std::count_if(units.begin(), units.end(), [](const UnitText& u) { return u.is_known; });
  std::optional<Report> report = report_of(tools.cache.find_report(digests), plan);
  if (!report) {
    report = linked(plan, tools.analysis(), std::move(units), std::move(others), unseen);
    report->unread = unread;
    tools.cache.store_report(digests, result_text(*report));
  } else {
    identify(*report);  // an edit that leaves the facts as they are may still change the code at a finding
  }
  report->unseen_units = unseen;
  report->known_units = static_cast<std::size_t>(known);
  tools.cache.store_unchanged(plan, digests);
  return std::move(*report);
}

}  // namespace corolint
