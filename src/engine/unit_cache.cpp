#include "engine/unit_cache.h"

#include <array>
#include <cstdlib>

#include "cache/digest.h"
#include "cache/observations.h"
#include "cache/tool_id.h"
#include "engine/unit_entry.h"
#include "llvm/Support/Path.h"

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

}  // namespace

UnitCache::UnitCache(CacheFolder& folder, const Plan& plan, const std::string& resource_dir)
    : folder_(folder),
      root_(plan.root),
      root_name_(digest_of_bytes(plan.root)),
      context_(digest_of_texts({tool_id(), digest_of_analysis(plan), resource_dir, environment()})),
      stats_name_(digest_of_texts({tool_id(), plan.root})),
      states_(folder.find("stats", stats_name_).value_or("")),
      prefixes_(folder, root_name_, context_),
      lines_(root_, states_) {
  states_.set_unsaved(plan.unsaved);
}

std::string UnitCache::name_of(const CompileCommand& command) const {
  std::vector<std::string> texts = {context_, without_root(command.directory, root_),
                                    without_root(command.file, root_)};
  for (const std::string& argument : command.arguments) texts.push_back(without_root(argument, root_));
  return digest_of_texts(texts);
}

std::optional<KnownUnit> UnitCache::find(const CompileCommand& command) {
  const std::string unit = name_of(command);
  if (auto known = known_by_last(unit)) return known;
  const auto last = last_.units.find(unit);
  for (const std::string& variant : folder_.names("units", unit))
    if (last == last_.units.end() || last->second.variant != variant)
      if (auto known = known_by(unit, variant)) return known;
  return std::nullopt;
}

std::optional<KnownUnit> UnitCache::known_by_last(const std::string& unit) {
  const auto last = last_.units.find(unit);
  if (last == last_.units.end() || last->second.variant.empty()) return std::nullopt;
  if (!lines_.hold(last->second.own) || !holds_shared(last->second.shared)) return std::nullopt;
  folder_.touch("units", unit + "/" + last->second.variant);
  return known(unit, last->second, {});
}

std::optional<KnownUnit> UnitCache::known_by(const std::string& unit, const std::string& variant) {
  const auto entry = folder_.find("units", unit + "/" + variant);
  if (!entry) return std::nullopt;
  const UnitEntry parts = unit_entry(*entry);
  if (parts.facts.empty() || (!parts.root.empty() && parts.root != root_)) return std::nullopt;
  if (!holds_shared(parts.shared.str())) return std::nullopt;
  ObservedLines::Numbers own = lines_.numbers_of(parts.observations);
  if (!lines_.hold(own)) return std::nullopt;
  return known(unit, {variant, digest_of_bytes(parts.facts), parts.shared.str(), std::move(own)},
               parts.facts.str());
}

KnownUnit UnitCache::known(const std::string& unit, RunRecord::Unit entry, std::string facts) {
  KnownUnit known{unit + "/" + entry.variant, entry.digest, std::move(facts), {}};
  for (const std::uint32_t number : entry.own)
    if (const std::string& file = lines_.own_file(number); !file.empty()) known.files.push_back(file);
  now_.units[unit] = std::move(entry);
  return known;
}

std::optional<std::string> UnitCache::facts(const std::string& entry) {
  if (const auto text = folder_.find("units", entry)) return unit_entry(*text).facts.str();
  now_.units.erase(entry.substr(0, entry.find('/')));
  return std::nullopt;
}

// Returns the name under which the observations of a prefix are kept, which units share; empty if they cannot
// be. The prefix is made of the files as they are now: so what the last run observed of it and still holds
// would be observed again.
const std::string& UnitCache::shared_name(const Prefix& prefix) {
  const std::string file = llvm::sys::path::filename(prefix.file).str();
  const auto [at, is_new] = shared_names_.try_emplace(file);
  if (!is_new) return at->second;
  if (const auto last = last_.prefixes.find(file); last != last_.prefixes.end() && holds_shared(last->second))
    return at->second = last->second;
  const auto observations = observations_of(prefix.log, root_, states_);
  if (!observations) return at->second;
  at->second = digest_of_bytes(*observations);
  folder_.store("shared", at->second, *observations);
  shared_holds_[at->second] = true;
  lines_.trust(now_.shared[at->second] = lines_.numbers_of(*observations));
  now_.prefixes[file] = at->second;
  return at->second;
}

bool UnitCache::holds_shared(const std::string& name) {
  if (name.empty()) return true;
  const auto [at, is_new] = shared_holds_.try_emplace(name, false);
  if (!is_new) return at->second;
  ObservedLines::Numbers numbers;
  if (const auto last = last_.shared.find(name); last != last_.shared.end()) {
    numbers = last->second;
    folder_.touch("shared", name);
  } else {
    const auto observations = folder_.find("shared", name);
    if (!observations) return false;
    numbers = lines_.numbers_of(*observations);
  }
  at->second = lines_.hold(numbers);
  if (at->second) now_.shared[name] = std::move(numbers);
  return at->second;
}

void UnitCache::store(const CompileCommand& command, const FileLog& log, const Prefix* prefix,
                      const std::string& facts) {
  if (folder_.path().empty()) return;
  const auto observations = observations_of(log, root_, states_);
  const std::string shared_by = prefix ? shared_name(*prefix) : "";
  if (!observations || (prefix && shared_by.empty())) return;
  const bool names_root = llvm::StringRef(facts).contains(root_);
  const std::string entry = entry_text({names_root ? root_ : "", shared_by, *observations, facts});
  const std::string unit = name_of(command), variant = digest_of_bytes(entry);
  folder_.store("units", unit + "/" + variant, entry);
  ObservedLines::Numbers own = lines_.numbers_of(*observations);
  lines_.trust(own);
  now_.units[unit] = {variant, digest_of_bytes(facts), shared_by, std::move(own)};
}

void UnitCache::remember(const FileLog& log) {
  if (!files_) return;
  for (const auto& [path, entry] : log.entries())
    if (entry.seen == FileLog::Seen::read || entry.seen == FileLog::Seen::absent) files_->insert(path);
}

std::set<std::string> UnitCache::take_files() {
  std::set<std::string> files = std::exchange(files_, std::nullopt).value_or(std::set<std::string>());
  for (const std::uint32_t number : lines_of(now_))
    if (const std::string path = file_of(lines_.text(number), root_); !path.empty()) files.insert(path);
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
    const ObservedLines::Numbers numbers = lines_.numbers_of(observations);
    if (!lines_.hold(numbers)) continue;
    now_.scans.insert(now_.scans.end(), numbers.begin(), numbers.end());
    texts.push_back(text.str());
  }
  return texts;
}

bool UnitCache::store_scan(const FileLog& log, const std::string& text) {
  const auto observations = folder_.path().empty() ? std::nullopt : observations_of(log, root_, states_);
  if (!observations) return false;
  const std::string scan = *observations + "\n" + text;
  folder_.store("scans", digest_of_texts({context_, root_name_}) + "/" + digest_of_bytes(scan), scan);
  const ObservedLines::Numbers numbers = lines_.numbers_of(*observations);
  lines_.trust(numbers);
  now_.scans.insert(now_.scans.end(), numbers.begin(), numbers.end());
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

// It is that of one plan, the cache's own: see the constructor.
const std::string& UnitCache::run_key_of(const Plan& plan, bool skips_synchronous) {
  if (!run_key_.empty()) return run_key_;
  std::vector<std::string> keys = {root_, skips_synchronous ? "skips" : "",
                                   digest_of_settings(plan)};  // a report may name the root
  for (const CompileCommand& command : plan.commands) keys.push_back(name_of(command));
  keys.push_back("others");
  for (const CompileCommand& command : plan.others) keys.push_back(name_of(command));
  return run_key_ = digest_of_texts(keys);
}

std::optional<std::string> UnitCache::find_unchanged(const Plan& plan, bool skips_synchronous) {
  if (folder_.path().empty()) return std::nullopt;
  const auto bytes = folder_.find("runs", run_key_of(plan, skips_synchronous));
  auto record = bytes ? run_record_from(*bytes, lines_) : std::nullopt;
  if (!record) return std::nullopt;
  last_ = std::move(*record);
  auto report = lines_.hold(lines_of(last_)) ? folder_.find("results", last_.report) : std::nullopt;
  if (!report) return std::nullopt;
  for (const auto& [unit, entry] : last_.units)
    if (!entry.variant.empty()) folder_.touch("units", unit + "/" + entry.variant);
  for (const auto& [name, numbers] : last_.shared) folder_.touch("shared", name);
  now_ = last_;
  return report;
}

void UnitCache::store_unchanged(const Plan& plan, bool skips_synchronous, llvm::ArrayRef<std::string> texts) {
  if (now_.units.size() != plan.commands.size() + plan.others.size() || now_.units.empty()) return;
  now_.report = report_name(texts);
  now_.prefixes.insert(last_.prefixes.begin(), last_.prefixes.end());
  std::erase_if(now_.prefixes, [&](const auto& prefix) { return !now_.shared.contains(prefix.second); });
  folder_.store("runs", run_key_of(plan, skips_synchronous), to_bytes(now_, lines_));
}

UnitTimes& UnitCache::times() {
  if (!times_) times_.emplace(folder_.find("times", root_name_).value_or(""));
  return *times_;
}

void UnitCache::finish() {
  if (states_.has_news()) folder_.store("stats", stats_name_, states_.table());
  if (times_ && times_->has_news()) folder_.store("times", root_name_, times_->text());
  prefixes_.finish();
  folder_.evict();
}

}  // namespace corolint
