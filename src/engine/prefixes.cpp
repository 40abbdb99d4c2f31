#include "engine/prefixes.h"

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
    const auto seen = is_read                                  ? FileLog::Seen::file
                      : entry.seen == FileLog::Seen::listed ? FileLog::Seen::folder
                                                              : entry.seen;
    if (states.seen(path) != seen || (is_read && states.stamp(path) != entry.stamp)) return false;
  }
  return true;
}

std::vector<PrefixPlan> plans_for(const std::vector<const CompileCommand*>& commands,
                                  const Analysis& analysis, UnitLog& log) {
  const auto timer = log.time("scan");
  IncludeScan scan(analysis.parsing);
  std::vector<UnitIncludes> units;
  for (const CompileCommand* command : commands) units.push_back(scan.includes_of(*command));
  return choose_prefixes(units, [&](std::uint32_t file) { return scan.size_of(file); });
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
    llvm::Error error = build_prefix(*wanted[item].command, analysis.parsing, wanted[item].plan.headers,
                                     wanted[item].file);
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

Prefixes::~Prefixes() {
  if (!own_folder_.empty()) llvm::sys::fs::remove_directories(own_folder_);
}

Prefixes Prefixes::make(const std::vector<const CompileCommand*>& commands, const Analysis& analysis,
                        UnitCache& cache, const WorkerLimits& limits, UnitLog& log) {
  Prefixes prefixes;
  if (commands.size() < 2) return prefixes;
  prefixes.by_unit_.resize(commands.size());
  std::vector<Wanted> wanted, missing;
  for (PrefixPlan& plan : plans_for(commands, analysis, log)) {
    const CompileCommand& command = *commands[plan.units.front()];
    std::vector<std::string> texts = plan.headers;
    texts.push_back(flags_text(command));
    std::string file = cache.prefix_path(texts);
    if (file.empty()) {
      llvm::SmallString<128> folder(prefixes.own_folder_);
      if (folder.empty() && llvm::sys::fs::createUniqueDirectory("corolint-prefixes", folder)) return {};
      prefixes.own_folder_ = folder.str().str();
      file = prefixes.own_folder_ + "/" + digest_of_texts(texts) + ".pch";
    } else if (llvm::sys::fs::create_directories(llvm::sys::path::parent_path(file))) {
      return {};
    }
    wanted.push_back({std::move(plan), &command, std::move(file)});
    const auto known = log_of_prefix(wanted.back().file);
    if (known && is_fresh(*known, cache.states()))
      ++log.counts["prefixes from an earlier run"];
    else
      missing.push_back(wanted.back());
  }
  if (!missing.empty()) build(missing, analysis, limits, log);
  const auto timer = log.time("prefixes");
  for (const Wanted& one : wanted) {
    const auto prefix = load_prefix(one.file);
    if (prefix && is_fresh(prefix->log, cache.states()))
      for (const std::size_t unit : one.plan.units) prefixes.by_unit_[unit] = prefix;
  }
  return prefixes;
}

}  // namespace corolint
