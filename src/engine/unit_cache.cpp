#include "engine/unit_cache.h"

#include <array>
#include <cstdlib>

#include "cache/digest.h"
#include "cache/observations.h"
#include "cache/tool_id.h"
#include "engine/unit_entry.h"

namespace corolint {

namespace {

// Clang's driver reads these: https://clang.llvm.org/docs/CommandGuide/clang.html#environment, and
// clang/lib/Driver/ToolChains/Clang.cpp for the include paths.
constexpr std::array variables = {
    "CPATH",   "C_INCLUDE_PATH",       "CPLUS_INCLUDE_PATH",      "COMPILER_PATH",
    "SDKROOT", "CCC_OVERRIDE_OPTIONS", "CLANG_NO_DEFAULT_CONFIG", "SOURCE_DATE_EPOCH"};

std::string environment() {
  std::string text;
  for (const char* name : variables)
    if (const char* value = std::getenv(name)) text += std::string(name) + "=" + value + "\n";
  return text;
}

// Returns the text with the root's path, where it stands as a whole, replaced: a tree that was moved as a
// whole is the same tree.
std::string without_root(llvm::StringRef text, const std::string& root) {
  std::string result;
  while (true) {
    const std::size_t at = text.find(root);
    const llvm::StringRef rest = at == llvm::StringRef::npos ? "" : text.substr(at + root.size());
    result += text.substr(0, at);
    if (at == llvm::StringRef::npos) return result;
    result += rest.empty() || rest.front() == '/' ? "<root>" : root;
    text = rest;
  }
}

void add_lines(llvm::StringRef text, llvm::StringSet<>& lines) {
  while (!text.empty()) {
    const auto [line, rest] = text.split('\n');
    text = rest;
    lines.insert(line);
  }
}

}  // namespace

UnitCache::UnitCache(CacheFolder& folder, const Plan& plan, const std::string& resource_dir)
    : folder_(folder),
      root_(plan.root),
      root_name_(digest_of_bytes(plan.root)),
      context_(digest_of_texts({tool_id(), digest_of_analysis(plan), resource_dir, environment()})),
      states_(folder.find("stats", root_name_).value_or("")),
      prefixes_(folder, root_name_, context_) {
  states_.set_unsaved(plan.unsaved);
}

std::string UnitCache::name_of(const CompileCommand& command) const {
  std::vector<std::string> texts = {context_, without_root(command.directory, root_),
                                    without_root(command.file, root_)};
  for (const std::string& argument : command.arguments) texts.push_back(without_root(argument, root_));
  return digest_of_texts(texts);
}

std::optional<KnownUnit> UnitCache::find(const CompileCommand& command) {
  const std::string key = name_of(command);
  const auto last = last_entries_.find(key);
  if (last != last_entries_.end())
    if (auto known = known_by(key, last->second)) return known;
  for (const std::string& variant : folder_.names("units", key))
    if (last == last_entries_.end() || last->second != variant)
      if (auto known = known_by(key, variant)) return known;
  return std::nullopt;
}

std::optional<KnownUnit> UnitCache::known_by(const std::string& key, const std::string& variant) {
  const std::string name = key + "/" + variant;
  const auto entry = folder_.find("units", name);
  if (!entry) return std::nullopt;
  const UnitEntry parts = unit_entry(*entry);
  if (parts.facts.empty() || (!parts.root.empty() && parts.root != root_)) return std::nullopt;
  if (!parts.shared.empty() && !holds_shared(parts.shared)) return std::nullopt;
  if (!relies_on(parts.observations)) return std::nullopt;
  entries_[key] = name;
  return KnownUnit{parts.facts.str(), own_files(parts.observations)};
}

// Returns the name under which the observations that units share are kept; empty if they cannot be.
const std::string& UnitCache::shared_name(const std::shared_ptr<const FileLog>& log) {
  const auto [at, is_new] = shared_names_.try_emplace(log);
  if (!is_new) return at->second;
  const auto observations = observations_of(*log, root_, states_);
  if (!observations) return at->second;
  at->second = digest_of_bytes(*observations);
  folder_.store("shared", at->second, *observations);
  shared_holds_[at->second] = true;
  add_lines(*observations, observations_);
  return at->second;
}

bool UnitCache::holds_shared(llvm::StringRef name) {
  const auto [at, is_new] = shared_holds_.try_emplace(name.str(), false);
  if (!is_new) return at->second;
  const auto observations = folder_.find("shared", name);
  return at->second = observations && relies_on(*observations);
}

bool UnitCache::relies_on(llvm::StringRef observations) {
  std::vector<llvm::StringRef> news;
  while (!observations.empty()) {
    const auto [line, rest] = observations.split('\n');
    observations = rest;
    if (observations_.contains(line)) continue;
    if (!still_holds(line, root_, states_)) return false;
    news.push_back(line);
  }
  for (const llvm::StringRef line : news) observations_.insert(line);
  return true;
}

void UnitCache::store(const CompileCommand& command, const FileLog& log,
                      const std::shared_ptr<const FileLog>& shared, const std::string& facts) {
  if (folder_.path().empty()) return;
  const auto observations = observations_of(log, root_, states_);
  const std::string shared_by = shared ? shared_name(shared) : "";
  if (!observations || (shared && shared_by.empty())) return;
  const bool names_root = llvm::StringRef(facts).contains(root_);
  const std::string entry = entry_text({names_root ? root_ : "", shared_by, *observations, facts});
  const std::string unit = name_of(command), name = unit + "/" + digest_of_bytes(entry);
  folder_.store("units", name, entry);
  entries_[unit] = name;
  add_lines(*observations, observations_);
}

void UnitCache::remember(const FileLog& log) {
  if (!files_) return;
  for (const auto& [path, entry] : log.entries())
    if (entry.seen == FileLog::Seen::read || entry.seen == FileLog::Seen::absent) files_->insert(path);
}

std::set<std::string> UnitCache::take_files() {
  std::set<std::string> files = std::exchange(files_, std::nullopt).value_or(std::set<std::string>());
  for (const auto& line : observations_)
    if (const std::string path = file_of(line.first(), root_); !path.empty()) files.insert(path);
  return files;
}

// A scan is: its observations, an empty line, what it tells.
std::vector<std::string> UnitCache::find_scans() {
  std::vector<std::string> texts;
  const std::string folder = digest_of_texts({context_, root_name_});
  for (const std::string& name : folder_.names("scans", folder)) {
    const auto scan = folder_.find("scans", folder + "/" + name);
    if (!scan) continue;
    const auto [observations, text] = llvm::StringRef(*scan).split("\n\n");
    if (!relies_on(observations)) continue;
    texts.push_back(text.str());
  }
  return texts;
}

bool UnitCache::store_scan(const FileLog& log, const std::string& text) {
  const auto observations = folder_.path().empty() ? std::nullopt : observations_of(log, root_, states_);
  if (!observations) return false;
  const std::string scan = *observations + "\n" + text;
  folder_.store("scans", digest_of_texts({context_, root_name_}) + "/" + digest_of_bytes(scan), scan);
  add_lines(*observations, observations_);
  return true;
}

std::string UnitCache::report_name(llvm::ArrayRef<std::string> texts) const {
  return digest_of_texts({context_, digest_of_texts(texts)});
}

std::optional<std::string> UnitCache::find_report(llvm::ArrayRef<std::string> texts) {
  return folder_.find("results", report_name(texts));
}

void UnitCache::store_report(llvm::ArrayRef<std::string> texts, const std::string& report) {
  folder_.store("results", report_name(texts), report);
}

std::string UnitCache::run_key_of(const Plan& plan, bool skips_synchronous) const {
  std::vector<std::string> keys = {root_, skips_synchronous ? "skips" : "",
                                   digest_of_settings(plan)};  // a report may name the root
  for (const CompileCommand& command : plan.commands) keys.push_back(name_of(command));
  keys.push_back("others");
  for (const CompileCommand& command : plan.others) keys.push_back(name_of(command));
  return digest_of_texts(keys);
}

// A run is: the name of its report, the names of its units, an empty line, the observations.
std::optional<std::string> UnitCache::find_unchanged(const Plan& plan, bool skips_synchronous) {
  const auto run =
      folder_.path().empty() ? std::nullopt : folder_.find("runs", run_key_of(plan, skips_synchronous));
  if (!run) return std::nullopt;
  const auto [names, observations] = llvm::StringRef(*run).split("\n\n");
  auto [report, units] = names.split('\n');
  if (!still_hold(observations, root_, states_)) {
    remember_entries(units);
    return std::nullopt;
  }
  while (!units.empty()) {
    const auto [unit, rest] = units.split('\n');
    folder_.touch("units", unit);
    units = rest;
  }
  if (files_) add_lines(observations, observations_);
  return folder_.find("results", report);
}

// Most units are as they were in that run.
void UnitCache::remember_entries(llvm::StringRef units) {
  while (!units.empty()) {
    const auto [name, rest] = units.split('\n');
    const auto [key, variant] = name.split('/');
    last_entries_[key.str()] = variant.str();
    units = rest;
  }
}

void UnitCache::store_unchanged(const Plan& plan, bool skips_synchronous, llvm::ArrayRef<std::string> texts) {
  if (entries_.size() != plan.commands.size() + plan.others.size() || entries_.empty()) return;
  std::string run = report_name(texts) + "\n";
  for (const auto& [unit, entry] : entries_)
    if (!entry.empty()) run += entry + "\n";
  run += "\n";
  for (const auto& line : observations_) run += line.first().str() + "\n";
  folder_.store("runs", run_key_of(plan, skips_synchronous), run);
}

UnitTimes& UnitCache::times() {
  if (!times_) times_.emplace(folder_.find("times", root_name_).value_or(""));
  return *times_;
}

void UnitCache::finish() {
  if (states_.has_news()) folder_.store("stats", root_name_, states_.table());
  if (times_ && times_->has_news()) folder_.store("times", root_name_, times_->text());
  prefixes_.finish();
  folder_.evict();
}

}  // namespace corolint
