// A patch in the unified format. The edits are known, so nothing has to be searched for: each changes some
// lines, and those with few lines between them share a hunk.

#include <algorithm>

#include "engine/fixes.h"
#include "llvm/ADT/StringRef.h"

namespace corolint {

namespace {

constexpr std::size_t context = 3;

// Lines of the old text, from 0, that change, and what they become.
struct Change {
  std::size_t first = 0, end = 0;
  std::vector<std::string> lines;
};

// Returns the lines of the text, each with its line end.
std::vector<std::string> lines_of(llvm::StringRef text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.take_front(end).str());
    text = text.drop_front(end);
  }
  return lines;
}

// Returns the number, from 0, of the line that holds the byte at `offset`.
std::size_t line_at(const std::string& text, std::size_t offset) {
  return static_cast<std::size_t>(
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

// Takes away what is the same before and after.
void trim(Change& change, const std::vector<std::string>& lines) {
  auto& now = change.lines;
  while (change.first < change.end && !now.empty() && lines[change.first] == now.front())
    ++change.first, now.erase(now.begin());
  while (change.first < change.end && !now.empty() && lines[change.end - 1] == now.back())
    --change.end, now.pop_back();
}

std::vector<Change> changes_of(const FixedFile& file, const std::vector<std::string>& lines) {
  const std::string& text = file.before;
  const auto line_start = [&](std::size_t offset) {
    return offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;  // npos + 1 is 0
  };
  const auto line_end = [&](std::size_t offset) {
    return offset >= text.size() ? text.size() : std::min(text.find('\n', offset), text.size() - 1) + 1;
  };
  std::vector<Change> changes;
  for (std::size_t i = 0; i < file.edits.size();) {
    const std::size_t begin = line_start(file.edits[i].begin);
    std::size_t end = begin, at = begin;
    std::string now;
    do {
      const ByteEdit& edit = file.edits[i++];
      now += text.substr(at, edit.begin - at) + edit.text;
      at = edit.end;
      end = std::max(end, line_end(edit.end));
    } while (i < file.edits.size() && file.edits[i].begin < end);
    now += text.substr(at, end - at);
    Change change{line_at(text, begin), 0, lines_of(now)};
    change.end = change.first + lines_of(text.substr(begin, end - begin)).size();
    trim(change, lines);
    changes.push_back(std::move(change));
  }
  return changes;
}

std::string marked(char mark, const std::string& line) {
  return mark + line + (line.ends_with('\n') ? "" : "\n\\ No newline at end of file\n");
}

std::string range(std::size_t first, std::size_t count) {
  return std::to_string(count == 0 ? first : first + 1) + "," + std::to_string(count);
}

std::string patch_of(const std::string& name, const FixedFile& file) {
  const std::vector<std::string> lines = lines_of(file.before);
  const std::vector<Change> changes = changes_of(file, lines);
  std::string text = "--- a/" + name + "\n+++ b/" + name + "\n";
  std::ptrdiff_t shift = 0;  // of the new text's lines against the old one's
  for (std::size_t i = 0; i < changes.size();) {
    const std::size_t first = changes[i].first - std::min(changes[i].first, context);
    std::size_t at = first, added = 0;
    std::string hunk;
    for (bool is_near = true; is_near; ++i) {
      for (; at < changes[i].first; ++at, ++added) hunk += marked(' ', lines[at]);
      for (; at < changes[i].end; ++at) hunk += marked('-', lines[at]);
      for (const std::string& line : changes[i].lines) hunk += marked('+', line), ++added;
      is_near = i + 1 < changes.size() && changes[i + 1].first <= changes[i].end + 2 * context;
    }
    for (const std::size_t end = std::min(lines.size(), at + context); at < end; ++at, ++added)
      hunk += marked(' ', lines[at]);
    const std::size_t new_first = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(first) + shift);
    text += "@@ -" + range(first, at - first) + " +" + range(new_first, added) + " @@\n" + hunk;
    shift += static_cast<std::ptrdiff_t>(added) - static_cast<std::ptrdiff_t>(at - first);
  }
  return text;
}

}  // namespace

std::string as_patch(const FixedFiles& fixed) {
  std::string text;
  for (const auto& [name, file] : fixed.files) text += patch_of(name, file);
  return text;
}

}  // namespace corolint
