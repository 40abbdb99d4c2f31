#include "engine/kept_prefixes.h"

#include "cache/digest.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace corolint {

namespace {

constexpr llvm::StringRef without_mark = "without:", tried_mark = ":tried";

}  // namespace

std::string KeptPrefixes::path(llvm::ArrayRef<std::string> texts) {
  return folder_.path_to_write("prefixes", digest_of_texts({context_, digest_of_texts(texts)}) + ".pch");
}

void KeptPrefixes::count(const std::string& path) {
  std::uint64_t size = 0;
  if (!folder_.path().empty() && !llvm::sys::fs::file_size(path, size)) folder_.count(size);
}

// A line for each unit: its name, and that of the prefix.
std::map<std::string, std::string>& KeptPrefixes::names() {
  if (names_) return *names_;
  names_.emplace();
  const std::string text = folder_.find("prefixes", root_).value_or("");
  llvm::SmallVector<llvm::StringRef, 0> lines;
  llvm::StringRef(text).split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (const llvm::StringRef line : lines) {
    const auto [unit, name] = line.split(' ');
    names_->emplace(unit.str(), name.str());
  }
  return *names_;
}

// Returns what is known of the unit but for whether one of its own was tried.
llvm::StringRef KeptPrefixes::kept(const std::string& unit) {
  const auto known = names().find(unit);
  llvm::StringRef name = known == names().end() ? "" : llvm::StringRef(known->second);
  name.consume_back(tried_mark);
  return name;
}

std::string KeptPrefixes::last(const std::string& unit) {
  const llvm::StringRef name = kept(unit);
  if (name.empty() || name.starts_with(without_mark)) return "";
  return folder_.path_of("prefixes", name);
}

bool KeptPrefixes::goes_without(const std::string& unit, const std::string& source) {
  llvm::StringRef name = kept(unit);
  return name.consume_front(without_mark) && name == source && !source.empty();
}

void KeptPrefixes::set_without(const std::string& unit, const std::string& source) {
  set(unit, without_mark.str() + source);
}

bool KeptPrefixes::may_have_own(const std::string& unit) {
  const auto known = names().find(unit);
  return known != names().end() && !llvm::StringRef(known->second).ends_with(tried_mark);
}

void KeptPrefixes::set_own_tried(const std::string& unit) {
  const llvm::StringRef name = kept(unit);
  if (!name.empty()) set(unit, name.str() + tried_mark.str());
}

void KeptPrefixes::set_last(const std::string& unit, const std::string& path, const std::string& base) {
  if (folder_.path().empty()) return;
  std::string name = llvm::sys::path::filename(path).str();
  for (const std::string& used : {name, llvm::sys::path::filename(base).str()})
    if (!used.empty() && used_.insert(used).second)
      for (const char* part : {"", ".index", ".log"}) folder_.touch("prefixes", used + part);
  set(unit, std::move(name));
}

void KeptPrefixes::set(const std::string& unit, std::string name) {
  if (kept(unit) == name) return;
  std::string& known = names()[unit];
  has_news_ |= known != name;
  known = std::move(name);
}

void KeptPrefixes::finish() {
  if (!has_news_) return;
  std::string text;
  for (const auto& [unit, name] : *names_) text += unit + " " + name + "\n";
  folder_.store("prefixes", root_, text);
}

}  // namespace corolint
