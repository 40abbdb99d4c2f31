#include "engine/unit_facts.h"

#include <algorithm>
#include <numeric>

#include "engine/prefixes.h"
#include "engine/unit_entry.h"
#include "engine/worker_answer.h"
#include "project/paths.h"

namespace corolint {

namespace {

BrokenUnit lost_unit(const CompileCommand& command, const std::string& root, const std::string& failure) {
  return {from_root(command.file, root), "analysis " + failure, {}, 0};
}

UnitText text_of(KnownUnit known) {
  return {std::move(known.facts), {}, std::move(known.files), true};
}

// Sorts the units by how long they may take, the longest first, and returns those times.
std::vector<std::int64_t> longest_first(const Plan& plan, std::vector<std::size_t>& units, RunTools& tools) {
  std::vector<const CompileCommand*> commands;
  for (const std::size_t unit : units) commands.push_back(&plan.commands[unit]);
  const std::vector<std::int64_t> times = tools.cache.times().estimates(commands);
  std::vector<std::size_t> order(units.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return times[a] > times[b]; });
  std::vector<std::size_t> sorted;
  std::vector<std::int64_t> sorted_times;
  for (const std::size_t i : order) {
    sorted.push_back(units[i]);
    sorted_times.push_back(times[i]);
  }
  units = std::move(sorted);
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

// Returns the items in the order in which they are begun. One that no prefix spares its headers, and that was
// never timed, takes longer than its size tells.
std::vector<std::size_t> in_turn(std::size_t count,
                                 const std::function<const CompileCommand&(std::size_t)>& command_of,
                                 const Prefixes& prefixes, const UnitTimes& times) {
  std::vector<std::size_t> turns(count);
  std::iota(turns.begin(), turns.end(), std::size_t{0});
  std::stable_partition(turns.begin(), turns.end(), [&](std::size_t item) {
    return !prefixes.of(item) && !times.find(command_of(item));
  });
  return turns;
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
    if (tools.lost && tools.interrupted_by() == 0)
      tools.lost({number, command, text.lost, std::move(answer.log)});
    return text;
  }
  text.text = std::move(made->facts);
  text.files = files_read(made->log.files, plan.root);
  for (const Span& span : made->log.spans)
    if (span.stage == "unit") tools.cache.times().set(command, span.duration);
  if (tools.profile) tools.profile(command.file, made->log);
  tools.cache.remember(made->log.files);
  std::shared_ptr<const FileLog> of_prefix;
  if (made->log.used_prefix) {
    of_prefix = {prefix, &prefix->log};
    tools.cache.remember(*of_prefix);
    tools.cache.prefixes().set_last(tools.cache.name_of(command), prefix->file, prefix->index.base);
  }
  if (made->is_whole) tools.cache.store(command, made->log.files, of_prefix, text.text);
  return text;
}

}  // namespace

std::vector<UnitText> known_facts(const Plan& plan, const std::vector<std::size_t>& units, RunTools& tools,
                                  std::vector<std::size_t>& open) {
  const auto timer = tools.log.time("cache");
  std::vector<UnitText> texts(plan.commands.size());
  for (const std::size_t unit : units) {
    if (auto known = tools.cache.find(plan.commands[unit]))
      texts[unit] = text_of(std::move(*known));
    else
      open.push_back(unit);
  }
  return texts;
}

void analyse_units(const Plan& plan, std::vector<std::size_t> units, RunTools& tools,
                   std::vector<UnitText>& texts) {
  if (units.empty()) return;
  const auto timer = tools.log.time("units");
  const auto command_of = [&](std::size_t item) -> const CompileCommand& {
    return plan.commands[units[item]];
  };
  const std::vector<std::int64_t> times = longest_first(plan, units, tools);
  if (tools.watch.planned) tools.watch.planned(texts.size(), times);
  const Analysis analysis = tools.analysis();
  Prefixes prefixes = prefixes_for(units.size(), command_of, analysis, tools);
  const std::vector<std::size_t> turns = in_turn(units.size(), command_of, prefixes, tools.cache.times());
  const WorkWatch watch = {[&](std::size_t turn) {
                             if (tools.watch.begun)
                               tools.watch.begun(turns[turn], command_of(turns[turn]).file);
                           },
                           [&](std::size_t turn, Answer answer) {
                             const std::size_t item = turns[turn];
                             texts[units[item]] =
                                 taken(plan, units[item], std::move(answer), prefixes.of(item), tools);
                             if (tools.watch.done) tools.watch.done(item);
                           },
                           [&](std::size_t turn) { return prefixes.drop(turns[turn]); }};
  // A folder around the project is no cache: nothing is kept there.
  const std::string folder_of_cache =
      is_within(plan.root, tools.cache.folder()) ? std::string() : tools.cache.folder();
  const auto work = [&](std::size_t turn) {
    const std::size_t item = turns[turn];
    return work_on(command_of(item), analysis, prefixes.of(item).get(), folder_of_cache);
  };
  in_workers(units.size(), tools.limits, work, watch);
}

std::vector<UnitText> facts_of(const Plan& plan, const std::vector<std::size_t>& units, RunTools& tools) {
  std::vector<std::size_t> open;
  std::vector<UnitText> texts = known_facts(plan, units, tools, open);
  analyse_units(plan, std::move(open), tools, texts);
  std::vector<UnitText> chosen;
  for (const std::size_t unit : units) chosen.push_back(std::move(texts[unit]));
  return chosen;
}

std::vector<UnitText> known_facts_of_others(const Plan& plan, RunTools& tools) {
  const auto timer = tools.log.time("cache");
  std::vector<UnitText> texts;
  for (const CompileCommand& command : plan.others)
    if (auto known = tools.cache.find(command)) texts.push_back(text_of(std::move(*known)));
  return texts;
}

}  // namespace corolint
