#include "engine/unit_entry.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

namespace corolint {

namespace {

// Returns the path without the `..` of an include path.
std::string plain_name(llvm::StringRef path) {
  llvm::SmallString<256> plain(path);
  llvm::sys::path::remove_dots(plain, /*remove_dot_dot=*/true);
  return plain.str().str();
}

}  // namespace

// A line each for the length of the observations, the root and the shared ones; then the observations, the
// facts.
std::string entry_text(const UnitEntry& entry) {
  std::string text =
      std::to_string(entry.observations.size()) + "\n" + entry.root.str() + "\n" + entry.shared.str() + "\n";
  return text + entry.observations.str() + entry.facts.str();
}

UnitEntry unit_entry(llvm::StringRef text) {
  UnitEntry entry;
  std::size_t size = 0;
  if (text.consumeInteger(10, size) || !text.consume_front("\n")) return {};
  std::tie(entry.root, text) = text.split('\n');
  std::tie(entry.shared, text) = text.split('\n');
  if (size > text.size()) return {};
  entry.observations = text.take_front(size);
  entry.facts = text.drop_front(size);
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
