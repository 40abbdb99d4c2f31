#include "cache/observations.h"

#include <functional>
#include <tuple>

#include "llvm/Support/Path.h"

namespace corolint {

namespace {

// Returns the highest folder around `path` that does not exist either: hundreds of headers are looked for in
// vain below one.
llvm::StringRef highest_absent(llvm::StringRef path, FileStates& states) {
  for (llvm::StringRef above = llvm::sys::path::parent_path(path);
       !above.empty() && states.seen(above) == FileLog::Seen::absent;
       above = llvm::sys::path::parent_path(path))
    path = above;
  return path;
}

// Returns the line for what was seen; empty if it cannot be said.
std::string line_for(const std::string& path, const FileLog::Entry& entry, FileStates& states,
                     const std::function<std::string(llvm::StringRef)>& shown) {
  using enum FileLog::Seen;
  switch (entry.seen) {
    case absent:
      return "A " + shown(highest_absent(path, states)) + "\n";
    case folder:
      return "D " + shown(path) + "\n";
    case file:
      return "F " + shown(path) + "\n";
    case listed:
    case read:
      break;
  }
  const bool is_read = entry.seen == read;
  const std::string& digest = states.digest(path);
  if (digest.empty() || (is_read && states.stamp(path) != entry.stamp)) return {};
  return (is_read ? "R " : "L ") + digest + " " + shown(path) + "\n";
}

// What a line says.
struct Observed {
  char letter = '\0';
  llvm::StringRef digest;
  llvm::SmallString<256> path;  // absolute
};

Observed observed(llvm::StringRef line, const std::string& root) {
  Observed seen{line.front(), {}, {}};
  llvm::StringRef path = line.drop_front(2);
  if (seen.letter == 'R' || seen.letter == 'L') std::tie(seen.digest, path) = path.split(' ');
  if (!path.starts_with("/")) seen.path = root + (root == "/" ? "" : "/");
  seen.path += path;
  return seen;
}

// Returns the path without the `..` of an include path.
std::string plain_name(llvm::StringRef path) {
  llvm::SmallString<256> plain(path);
  llvm::sys::path::remove_dots(plain, /*remove_dot_dot=*/true);
  return plain.str().str();
}

}  // namespace

std::optional<std::string> observations_of(const FileLog& log, const std::string& root, FileStates& states) {
  if (log.is_torn()) return std::nullopt;
  const std::string below = root == "/" ? root : root + "/";
  const auto shown = [&](llvm::StringRef path) {
    if (path == root) return std::string(".");
    path.consume_front(below);
    return path.str();
  };
  std::string own, foreign;  // own files first: they change most, and the first change ends the comparison
  std::string last;
  for (const auto& [path, entry] : log.entries()) {
    std::string line = line_for(path, entry, states, shown);
    if (line.empty() || path.find('\n') != std::string::npos) return std::nullopt;
    if (line == last) continue;  // another file below one folder that does not exist
    last = line;
    (path.starts_with(below) ? own : foreign) += line;
  }
  return own + foreign;
}

bool still_holds(llvm::StringRef line, const std::string& root, FileStates& states) {
  using enum FileLog::Seen;
  if (line.size() < 3) return false;
  const auto& [letter, digest, absolute] = observed(line, root);
  if (letter == 'A') return states.seen(absolute) == absent;
  if (letter == 'D') return states.seen(absolute) == folder;
  if (letter == 'F') return states.seen(absolute) == file;
  if (states.seen(absolute) != (letter == 'R' ? file : folder)) return false;
  return states.digest(absolute) == digest;
}

std::string own_file(llvm::StringRef line) {
  const llvm::StringRef path = line.starts_with("R ") ? line.drop_front(2).split(' ').second : "/";
  return path.starts_with("/") ? std::string() : plain_name(path);
}

std::vector<std::string> own_files(const FileLog& log, const std::string& root) {
  std::vector<std::string> files;
  for (const auto& [path, entry] : log.entries()) {
    const std::string plain = plain_name(path);
    llvm::StringRef rest = plain;
    if (entry.seen == FileLog::Seen::read && rest.consume_front(root) && rest.consume_front("/"))
      files.push_back(rest.str());
  }
  return files;
}

std::string file_of(llvm::StringRef line, const std::string& root) {
  if (line.size() < 3) return {};
  const Observed seen = observed(line, root);
  return seen.letter == 'R' || seen.letter == 'A' ? seen.path.str().str() : std::string();
}

}  // namespace corolint
