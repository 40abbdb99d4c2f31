// From units that have to be analysed to their facts: one pool of workers makes the prefixes that are missing
// and analyses the units. Who needs no prefix, or has it already, keeps the workers busy while others wait
// for theirs.

#include <algorithm>
#include <numeric>

#include "cache/digest.h"
#include "cache/observations.h"
#include "engine/prefixes.h"
#include "engine/unit_facts.h"
#include "engine/worker_answer.h"
#include "project/paths.h"

namespace corolint {

namespace {

BrokenUnit lost_unit(const CompileCommand& command, const std::string& root, const std::string& failure) {
  return {from_root(command.file, root), "analysis " + failure, {}, 0};
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
  if (log.used_prefix && prefix) log.files.leave_to(prefix->log);  // that is kept once for all who use it
  return to_bytes(result, log);
}

// The items of the pool: the prefixes that are missing, then the units in their turn.
class UnitWork {
 public:
  UnitWork(const Plan& plan, std::vector<std::size_t> units, RunTools& tools, std::vector<UnitText>& texts)
      : plan_(plan), units_(std::move(units)), tools_(tools), texts_(texts), analysis_(tools.analysis()) {
    if (tools.with_prefixes)
      prefixes_ = Prefixes(commands(), analysis_, tools.cache, tools.limits, tools.log);
    turns_ = in_turn();
    // A folder around the project is no cache: nothing is kept there.
    if (!is_within(plan.root, tools.cache.folder())) cache_folder_ = tools.cache.folder();
  }

  void run() {
    const WorkWatch watch = {
        [&](std::size_t item) { begun(item); },
        [&](std::size_t item, Answer answer) { done(item, std::move(answer)); },
        [&](std::size_t item) { return !is_prefix(item) && goes_without_prefix(unit_at(item)); },
        [&](std::size_t item) {
          return is_prefix(item) ? prefixes_.base_of(item) : prefixes_.awaited_by(unit_at(item));
        }};
    in_workers(
        prefixes_.missing() + units_.size(), tools_.limits, [&](std::size_t item) { return work(item); },
        watch);
  }

 private:
  // A worker was lost with the unit: was it with a prefix, so that the unit is tried once more without?
  bool goes_without_prefix(std::size_t unit) {
    const bool had_one = prefixes_.drop(unit);
    if (had_one) ++tools_.log.counts["units that could not use a prefix: the worker was lost"];
    return had_one;
  }

  bool is_prefix(std::size_t item) const { return item < prefixes_.missing(); }
  std::size_t unit_at(std::size_t item) const { return turns_[item - prefixes_.missing()]; }
  const CompileCommand& command_of(std::size_t unit) const { return plan_.commands[units_[unit]]; }

  std::vector<const CompileCommand*> commands() const {
    std::vector<const CompileCommand*> commands;
    for (const std::size_t unit : units_) commands.push_back(&plan_.commands[unit]);
    return commands;
  }

  // Returns the units in the order in which they are begun. One that no prefix spares its headers, and that
  // was never timed, takes longer than its size tells.
  std::vector<std::size_t> in_turn() const {
    std::vector<std::size_t> turns(units_.size());
    std::iota(turns.begin(), turns.end(), std::size_t{0});
    std::stable_partition(turns.begin(), turns.end(), [&](std::size_t unit) {
      return !prefixes_.has(unit) && !tools_.cache.times().find(command_of(unit));
    });
    return turns;
  }

  // In a worker.
  std::string work(std::size_t item) {
    if (!is_prefix(item)) {
      const std::size_t unit = unit_at(item);
      return work_on(command_of(unit), analysis_, prefixes_.of(unit).get(), cache_folder_);
    }
    UnitLog log;
    prefixes_.make(item, analysis_, log);
    return log.text();
  }

  void begun(std::size_t item) {
    if (!is_prefix(item) && tools_.watch.begun)
      tools_.watch.begun(unit_at(item), command_of(unit_at(item)).file);
  }

  void done(std::size_t item, Answer answer) {
    if (is_prefix(item)) return take_prefix(item, answer);
    const std::size_t unit = unit_at(item);
    const CompileCommand& command = command_of(unit);
    UnitText& text = texts_[units_[unit]];
    auto made = answer.failure.empty() ? answer_from_bytes(std::move(answer.text))
                                       : llvm::createStringError("%s", answer.failure.c_str());
    if (made) {
      keep(unit, *made);
      text.files = own_files(made->log.files, plan_.root);
      text.digest = digest_of_bytes(made->facts);
      text.text = std::move(made->facts);
    } else {
      text.lost = lost_unit(command, plan_.root, llvm::toString(made.takeError()));
      if (tools_.lost && tools_.interrupted_by() == 0)
        tools_.lost({units_[unit], command, text.lost, std::move(answer.log)});
    }
    if (tools_.watch.done) tools_.watch.done(unit);
  }

  // Keeps what a worker made of the unit for later runs.
  void keep(std::size_t unit, const WorkerAnswer& made) {
    const CompileCommand& command = command_of(unit);
    const UnitLog& log = made.log;
    for (const Span& span : log.spans)
      if (span.stage == "unit") tools_.cache.times().set(command, span.duration);
    if (tools_.profile) tools_.profile(command.file, log);
    tools_.cache.remember(log.files);
    const std::shared_ptr<const Prefix> prefix = prefixes_.of(unit);
    const std::string name = tools_.cache.name_of(command);
    if (log.used_prefix && prefix) {
      tools_.cache.remember(prefix->log);
      tools_.cache.prefixes().set_last(name, prefix->file, prefix->index.base);
    } else if (!log.used_prefix && (prefix || prefixes_.is_planned())) {
      tools_.cache.prefixes().set_without(name, tools_.cache.states().digest(command.file));
    }
    if (prefixes_.is_back(unit)) tools_.cache.prefixes().set_own_tried(name);
    const bool is_traceable = !log.used_prefix || prefix;  // else nobody knows what files it was made of
    if (made.is_whole && is_traceable)
      tools_.cache.store(command, log.files, log.used_prefix ? prefix.get() : nullptr, made.facts);
  }

  void take_prefix(std::size_t number, const Answer& answer) {
    auto log = UnitLog::from_text(answer.text);
    if (!answer.failure.empty() || !log) {
      llvm::consumeError(log.takeError());
      ++tools_.log.counts["prefixes that could not be made: " + answer.failure];
      return;
    }
    if (tools_.profile) tools_.profile("", *log);
    prefixes_.count(number, tools_.cache);
  }

  const Plan& plan_;
  std::vector<std::size_t> units_;  // the longest first
  RunTools& tools_;
  std::vector<UnitText>& texts_;
  const Analysis analysis_;
  Prefixes prefixes_;
  std::vector<std::size_t> turns_;
  std::string cache_folder_;  // what stands there is no source
};

}  // namespace

void analyse_units(const Plan& plan, std::vector<std::size_t> units, RunTools& tools,
                   std::vector<UnitText>& texts) {
  if (units.empty()) return;
  const auto timer = tools.log.time("units");
  const std::vector<std::int64_t> times = longest_first(plan, units, tools);
  if (tools.watch.planned) tools.watch.planned(texts.size(), times);
  UnitWork(plan, std::move(units), tools, texts).run();
}

}  // namespace corolint
