#include "engine/unit_entry.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

namespace corolint {

namespace {

// In front of the name of shared observations, which come first.
constexpr llvm::StringRef shared_mark = "S ";

// Returns the path without the `..` of an include path.
std::string plain_name(llvm::StringRef path) {
  llvm::SmallString<256> plain(path);
  llvm::sys::path::remove_dots(plain, /*remove_dot_dot=*/true);
  return plain.str().str();
}

}  // namespace

std::string entry_text(const UnitEntry& entry) {
  std::string text = entry.root.str() + "\n";
  if (!entry.shared.empty()) text += (shared_mark + entry.shared + "\n").str();
  return text + entry.observations.str() + "\n" + entry.facts.str();
}

UnitEntry unit_entry(llvm::StringRef text) {
  UnitEntry entry;
  std::tie(entry.root, text) = text.split('\n');
  const std::size_t end = text.find("\n\n");
  entry.observations = text.substr(0, end + 1);
  entry.facts = end == llvm::StringRef::npos ? "" : text.substr(end + 2);
  if (entry.observations.consume_front(shared_mark))
    std::tie(entry.shared, entry.observations) = entry.observations.split('\n');
  return entry;
}

std::vector<std::string> own_files(llvm::StringRef observations) {
  std::vector<std::string> files;
  while (!observations.empty()) {
    const auto [line, rest] = observations.split('\n');
    observations = rest;
    const llvm::StringRef path = line.starts_with("R ") ? line.drop_front(2).split(' ').second : "/";
    if (!path.starts_with("/")) files.push_back(plain_name(path));
  }
  return files;
}

std::vector<std::string> files_read(const FileLog& log, const std::string& root) {
  std::vector<std::string> files;
  for (const auto& [path, entry] : log.entries()) {
    const std::string plain = plain_name(path);
    llvm::StringRef rest = plain;
    if (entry.seen == FileLog::Seen::read && rest.consume_front(root) && rest.consume_front("/"))
      files.push_back(rest.str());
  }
  return files;
}

}  // namespace corolint
