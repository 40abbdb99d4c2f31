#include "engine/prefixes.h"

#include <algorithm>
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

// A unit that takes long, although it has a prefix or because no other would share one, and that comes back
// after an edit, may have one of its own. Each takes a while to make, and space.
constexpr std::size_t most_of_their_own = 4;
constexpr std::int64_t least_time = 200'000;  // in microseconds

}  // namespace

Prefixes::Prefixes(const std::vector<const CompileCommand*>& commands, const Analysis& analysis,
                   UnitCache& cache, const WorkerLimits& limits, UnitLog& log)
    : files_(commands.size()), states_(&cache.states()) {
  std::vector<std::size_t> left = reuse(commands, cache, log);
  const bool is_known = std::ranges::all_of(left, [&](std::size_t unit) {
    return cache.prefixes().goes_without(cache.name_of(*commands[unit]),
                                         states_->digest(commands[unit]->file));
  });
  find_back(commands, cache);
  is_planned_ = true;
  if (back_.empty() && (left.size() < 2 || is_known)) return;
  for (const std::size_t unit : back_)
    if (has(unit)) left.push_back(unit);
  auto plans = plans_for(open_units(commands, left), analysis, limits, log);
  is_planned_ = plans.has_value();
  if (!plans) return;
  for (PrefixPlan& plan : *plans)
    for (std::size_t& unit : plan.units) unit = left[unit];
  const auto timer = log.time("prefixes");
  place(commands, std::move(*plans), cache);
}

// Finds the units that may have a prefix of their own from now on. The commands come in the order of their
// times.
void Prefixes::find_back(const std::vector<const CompileCommand*>& commands, UnitCache& cache) {
  for (std::size_t unit = 0; unit < commands.size() && back_.size() < most_of_their_own; ++unit) {
    const auto time = cache.times().find(*commands[unit]);
    if (time.value_or(0) >= least_time && cache.prefixes().may_have_own(cache.name_of(*commands[unit])))
      back_.insert(unit);
  }
}

std::vector<OpenUnit> Prefixes::open_units(const std::vector<const CompileCommand*>& commands,
                                           const std::vector<std::size_t>& units) {
  std::vector<OpenUnit> open;
  for (const std::size_t unit : units) {
    const auto prefix = of(unit);
    open.push_back({commands[unit], is_back(unit), prefix ? &prefix->log : nullptr});
  }
  return open;
}

// Gives the units the prefixes that they used in an earlier run; returns those that go without.
std::vector<std::size_t> Prefixes::reuse(const std::vector<const CompileCommand*>& commands, UnitCache& cache,
                                         UnitLog& log) {
  const auto timer = log.time("prefixes");
  std::vector<std::size_t> left;
  for (std::size_t unit = 0; unit < commands.size(); ++unit) {
    const std::string file = cache.prefixes().last(cache.name_of(*commands[unit]));
    const bool is_new = !loaded_.contains(file);
    if (file.empty() || !loaded(file)) {
      left.push_back(unit);
      continue;
    }
    if (is_new) ++log.counts["prefixes from an earlier run"];
    files_[unit] = {file};
  }
  return left;
}

// Finds a place for what was planned, and tells what stands there already.
void Prefixes::place(const std::vector<const CompileCommand*>& commands, std::vector<PrefixPlan> plans,
                     UnitCache& cache) {
  struct Placed {
    std::vector<std::string> texts;  // what describes it
    std::string file;                // empty if there is no place for it
    std::optional<std::size_t> missing;
  };
  std::vector<Placed> placed;
  for (PrefixPlan& plan : plans) {
    const CompileCommand& command = *commands[plan.units.front()];
    const Placed* base = plan.base ? &placed[*plan.base] : nullptr;
    std::vector<std::string> texts = plan.headers;
    texts.push_back(flags_text(command));
    if (base) texts.push_back(digest_of_texts(base->texts));
    Placed here = {texts, place_of(texts, cache), {}};
    if (!here.file.empty()) {
      for (const std::size_t unit : plan.units) files_[unit].push_back(here.file);
      if ((base && base->missing) || !loaded(here.file)) {
        loaded_.erase(here.file);  // not there now: it will be
        here.missing = missing_.size();
        missing_.push_back({std::move(plan.headers), &command, here.file, base ? base->file : "",
                            base ? base->missing : std::nullopt});
      }
    }
    placed.push_back(std::move(here));
  }
}

// Without a cache, the place is in a folder of the run's own.
std::string Prefixes::place_of(const std::vector<std::string>& texts, UnitCache& cache) {
  if (std::string file = cache.prefixes().path(texts); !file.empty()) return file;
  if (!own_folder_) own_folder_ = TemporaryFolder::make("corolint-prefixes");
  return own_folder_ ? own_folder_->path() + "/" + digest_of_texts(texts) + ".pch" : std::string();
}

void Prefixes::make(std::size_t number, const Analysis& analysis, UnitLog& log) {
  const auto timer = log.time("prefix");
  const Missing& wanted = missing_[number];
  const auto base = wanted.base_file.empty() ? nullptr : loaded(wanted.base_file);
  const std::string why = !wanted.base_file.empty() && !base
                              ? "the one that they go on from is not there"
                              : llvm::toString(build_prefix(*wanted.command, analysis.parsing, wanted.headers,
                                                            base.get(), wanted.file));
  ++log.counts[why.empty() ? "prefixes made" : "prefixes that could not be made: " + why];
}

std::optional<std::size_t> Prefixes::awaited_by(std::size_t unit) const {
  if (!has(unit)) return std::nullopt;
  const auto last = std::find_if(missing_.rbegin(), missing_.rend(), [&](const Missing& one) {
    return std::find(files_[unit].begin(), files_[unit].end(), one.file) != files_[unit].end();
  });
  if (last == missing_.rend()) return std::nullopt;
  return static_cast<std::size_t>(missing_.rend() - last) - 1;
}

std::shared_ptr<const Prefix> Prefixes::of(std::size_t unit) {
  if (!has(unit)) return nullptr;
  for (auto file = files_[unit].rbegin(); file != files_[unit].rend(); ++file)
    if (auto prefix = loaded(*file)) return prefix;
  return nullptr;
}

bool Prefixes::drop(std::size_t unit) {
  if (!has(unit)) return false;
  files_[unit].clear();
  return true;
}

// Returns the prefix, if it is there and made of the files as they are now.
std::shared_ptr<const Prefix> Prefixes::loaded(const std::string& file) {
  const auto [at, is_new] = loaded_.try_emplace(file);
  if (is_new) at->second = load_prefix(file);
  if (is_new && at->second && !is_fresh(at->second->log, *states_)) at->second = nullptr;
  return at->second;
}

}  // namespace corolint
