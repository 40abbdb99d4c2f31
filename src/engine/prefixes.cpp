#include "engine/prefixes.h"

#include <map>
#include <set>
#include <utility>

#include "cache/digest.h"
#include "engine/prefix_plans.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace corolint {

namespace {

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

// Returns the command without its input: with that and the headers a prefix is named.
std::string flags_text(const CompileCommand& command) {
  return digest_of_texts({command.directory, digest_of_texts(llvm::ArrayRef(command.arguments).drop_back()),
                          llvm::sys::path::extension(command.file).str()});
}

// A prefix in the making.
struct Wanted {
  PrefixPlan plan;
  const CompileCommand* command = nullptr;  // of one of its units
  std::vector<std::string> texts;           // what describes it
  std::string file;                         // empty if there is no place for it
  bool is_missing = false;
};

// Makes those of the wanted prefixes that are missing: first those without a base, or the others.
void build(const std::vector<Wanted>& wanted, bool with_base, const Analysis& analysis,
           const WorkerLimits& limits, UnitLog& log) {
  const auto timer = log.time("prefixes");
  std::vector<const Wanted*> missing;
  for (const Wanted& one : wanted)
    if (one.is_missing && one.plan.base.has_value() == with_base) missing.push_back(&one);
  const auto work = [&](std::size_t item) -> std::string {
    const auto& [plan, command, texts, file, is_missing] = *missing[item];
    const auto base = plan.base ? load_prefix(wanted[*plan.base].file) : nullptr;
    if (plan.base && !base) return "the one that they go on from is not there";
    llvm::Error error = build_prefix(*command, analysis.parsing, plan.headers, base.get(), file);
    return error ? llvm::toString(std::move(error)) : std::string();
  };
  WorkWatch watch;
  watch.done = [&](std::size_t, const Answer& answer) {
    const std::string& why = answer.failure.empty() ? answer.text : answer.failure;
    ++log.counts[why.empty() ? "prefixes made" : "prefixes that could not be made: " + why];
  };
  if (!missing.empty()) in_workers(missing.size(), limits, work, watch);
}

// Returns where the prefix is to stand; empty if that cannot be. Without a cache, in `own_folder`.
std::string place_of(const std::vector<std::string>& texts, UnitCache& cache,
                     std::optional<TemporaryFolder>& own_folder) {
  if (std::string file = cache.prefixes().path(texts); !file.empty()) return file;
  if (!own_folder) own_folder = TemporaryFolder::make("corolint-prefixes");
  return own_folder ? own_folder->path() + "/" + digest_of_texts(texts) + ".pch" : std::string();
}

// Returns the plans with their places, in their order.
std::vector<Wanted> placed(std::vector<PrefixPlan> plans, const std::vector<const CompileCommand*>& commands,
                           UnitCache& cache, std::optional<TemporaryFolder>& own_folder) {
  std::vector<Wanted> wanted;
  for (PrefixPlan& plan : plans) {
    const CompileCommand& command = *commands[plan.units.front()];
    std::vector<std::string> texts = plan.headers;
    texts.push_back(flags_text(command));
    if (plan.base) texts.push_back(digest_of_texts(wanted[*plan.base].texts));
    std::string file = place_of(texts, cache, own_folder);
    const auto known = file.empty() ? std::nullopt : log_of_prefix(file);
    const bool is_missing = !file.empty() && ((plan.base && wanted[*plan.base].is_missing) || !known ||
                                              !is_fresh(*known, cache.states()));
    wanted.push_back({std::move(plan), &command, std::move(texts), std::move(file), is_missing});
  }
  return wanted;
}

}  // namespace

// Gives the units the prefixes that they used in an earlier run; returns those that go without.
std::vector<std::size_t> Prefixes::reuse(const std::vector<const CompileCommand*>& commands, UnitCache& cache,
                                         UnitLog& log) {
  std::map<std::string, std::shared_ptr<const Prefix>> known;
  std::vector<std::size_t> left;
  for (std::size_t unit = 0; unit < commands.size(); ++unit) {
    const std::string file = cache.prefixes().last(cache.name_of(*commands[unit]));
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
  const auto wanted = placed(plans_for(open, analysis, limits, log), open, cache, prefixes.own_folder_);
  for (const bool with_base : {false, true}) build(wanted, with_base, analysis, limits, log);
  const auto timer = log.time("prefixes");
  for (const Wanted& one : wanted) {
    if (one.is_missing) cache.prefixes().count(one.file);
    const auto prefix = one.file.empty() ? nullptr : load_prefix(one.file);
    if (!prefix || !is_fresh(prefix->log, cache.states())) continue;
    for (const std::size_t unit : one.plan.units)
      prefixes.by_unit_[left[unit]] = prefix;  // the last one holds
  }
  return prefixes;
}

}  // namespace corolint
