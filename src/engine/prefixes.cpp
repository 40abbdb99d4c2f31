#include "engine/prefixes.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "cache/digest.h"
#include "engine/choose_prefixes.h"
#include "engine/workers.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace corolint {

namespace {

// A prefix in the making.
struct Wanted {
  PrefixPlan plan;
  const CompileCommand* command = nullptr;  // of one of its units
  std::string file;
};

// Are the files that the prefix was made of as they were?
bool is_fresh(const FileLog& log, FileStates& states) {
  for (const auto& [path, entry] : log.entries()) {
    const bool is_read = entry.seen == FileLog::Seen::read;
    const auto seen = is_read                               ? FileLog::Seen::file
                      : entry.seen == FileLog::Seen::listed ? FileLog::Seen::folder
                                                            : entry.seen;
    if (states.seen(path) != seen || (is_read && states.stamp(path) != entry.stamp)) return false;
  }
  return true;
}

// A line for each header, then one for each unit, then an empty one.
std::string text_of(const std::vector<PrefixPlan>& plans) {
  std::string text;
  for (const PrefixPlan& plan : plans) {
    for (const std::string& header : plan.headers) text += "H" + header + "\n";
    for (const std::size_t unit : plan.units) text += "U" + std::to_string(unit) + "\n";
    text += "\n";
  }
  return text;
}

std::vector<PrefixPlan> plans_from(llvm::StringRef text, std::size_t units) {
  std::vector<PrefixPlan> plans;
  PrefixPlan plan;
  while (!text.empty()) {
    auto [line, rest] = text.split('\n');
    text = rest;
    std::size_t unit = 0;
    if (line.consume_front("H"))
      plan.headers.push_back(line.str());
    else if (line.consume_front("U") && !line.getAsInteger(10, unit) && unit < units)
      plan.units.push_back(unit);
    else
      plans.push_back(std::exchange(plan, {}));
  }
  return plans;
}

std::vector<PrefixPlan> choose(const std::vector<const CompileCommand*>& commands, const Analysis& analysis) {
  // The units come in the order of their times; the choice must not depend on that, to be the next run's too.
  std::vector<std::size_t> order(commands.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return commands[a]->file < commands[b]->file; });
  IncludeScan scan(analysis.parsing);
  std::vector<UnitIncludes> units;
  for (const std::size_t unit : order) units.push_back(scan.includes_of(*commands[unit]));
  auto plans = choose_prefixes(units, [&](std::uint32_t file) { return scan.size_of(file); });
  for (PrefixPlan& plan : plans)
    for (std::size_t& unit : plan.units) unit = order[unit];
  return plans;
}

// Chooses in a worker: nobody knows what there is in the files.
std::vector<PrefixPlan> plans_for(const std::vector<const CompileCommand*>& commands,
                                  const Analysis& analysis, const WorkerLimits& limits, UnitLog& log) {
  const auto timer = log.time("scan");
  std::vector<PrefixPlan> plans;
  WorkWatch watch;
  watch.done = [&](std::size_t, const Answer& answer) {
    if (!answer.failure.empty()) ++log.counts["no prefixes were chosen: the scan " + answer.failure];
    plans = plans_from(answer.text, commands.size());
  };
  in_workers(1, limits, [&](std::size_t) { return text_of(choose(commands, analysis)); }, watch);
  return plans;
}

// Returns the command without its input: with that and the headers a prefix is named.
std::string flags_text(const CompileCommand& command) {
  return digest_of_texts({command.directory, digest_of_texts(llvm::ArrayRef(command.arguments).drop_back()),
                          llvm::sys::path::extension(command.file).str()});
}

void build(const std::vector<Wanted>& wanted, const Analysis& analysis, const WorkerLimits& limits,
           UnitLog& log) {
  const auto timer = log.time("prefixes");
  const auto work = [&](std::size_t item) {
    llvm::Error error =
        build_prefix(*wanted[item].command, analysis.parsing, wanted[item].plan.headers, wanted[item].file);
    return error ? llvm::toString(std::move(error)) : std::string();
  };
  const auto done = [&](std::size_t, const Answer& answer) {
    const std::string& why = answer.failure.empty() ? answer.text : answer.failure;
    ++log.counts[why.empty() ? "prefixes made" : "prefixes that could not be made: " + why];
  };
  WorkWatch watch;
  watch.done = done;
  in_workers(wanted.size(), limits, work, watch);
}

}  // namespace

namespace {

// Returns where the prefix is to stand; empty if that cannot be. Without a cache, in `own_folder`.
std::string place_of(const std::vector<std::string>& texts, UnitCache& cache,
                     std::optional<TemporaryFolder>& own_folder) {
  if (std::string file = cache.prefix_path(texts); !file.empty()) return file;
  if (!own_folder) own_folder = TemporaryFolder::make("corolint-prefixes");
  return own_folder ? own_folder->path() + "/" + digest_of_texts(texts) + ".pch" : std::string();
}

}  // namespace

// Gives the units the prefixes that they used in an earlier run; returns those that go without.
std::vector<std::size_t> Prefixes::reuse(const std::vector<const CompileCommand*>& commands, UnitCache& cache,
                                         UnitLog& log) {
  std::map<std::string, std::shared_ptr<const Prefix>> known;
  std::vector<std::size_t> left;
  for (std::size_t unit = 0; unit < commands.size(); ++unit) {
    const std::string file = cache.last_prefix(*commands[unit]);
    const auto [at, is_new] = known.try_emplace(file);
    if (is_new && !file.empty()) {
      at->second = load_prefix(file);
      if (at->second && !is_fresh(at->second->log, cache.states())) at->second = nullptr;
      if (at->second) ++log.counts["prefixes from an earlier run"];
    }
    by_unit_[unit] = at->second;
    if (!at->second) left.push_back(unit);
  }
  return left;
}

Prefixes Prefixes::make(const std::vector<const CompileCommand*>& commands, const Analysis& analysis,
                        UnitCache& cache, const WorkerLimits& limits, UnitLog& log) {
  Prefixes prefixes;
  prefixes.by_unit_.resize(commands.size());
  std::vector<std::size_t> left;
  {
    const auto timer = log.time("prefixes");
    left = prefixes.reuse(commands, cache, log);
  }
  if (left.size() < 2) return prefixes;
  std::vector<const CompileCommand*> open;
  for (const std::size_t unit : left) open.push_back(commands[unit]);
  std::vector<Wanted> wanted, missing;
  for (PrefixPlan& plan : plans_for(open, analysis, limits, log)) {
    if (plan.units.empty()) continue;
    const CompileCommand& command = *open[plan.units.front()];
    std::vector<std::string> texts = plan.headers;
    texts.push_back(flags_text(command));
    std::string file = place_of(texts, cache, prefixes.own_folder_);
    if (file.empty()) continue;
    wanted.push_back({std::move(plan), &command, std::move(file)});
    const auto known = log_of_prefix(wanted.back().file);
    if (!known || !is_fresh(*known, cache.states())) missing.push_back(wanted.back());
  }
  if (!missing.empty()) build(missing, analysis, limits, log);
  for (const Wanted& one : missing) cache.count_prefix(one.file);
  const auto timer = log.time("prefixes");
  for (const Wanted& one : wanted) {
    const auto prefix = load_prefix(one.file);
    if (!prefix || !is_fresh(prefix->log, cache.states())) continue;
    for (const std::size_t unit : one.plan.units) prefixes.by_unit_[left[unit]] = prefix;
  }
  return prefixes;
}

}  // namespace corolint
