#include "project/patch.h"

#include <algorithm>

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace corolint {

namespace {

// Returns the name in a line `+++ b/NAME`: without the tab and the time behind it, and out of git's quotes.
std::string name_in(llvm::StringRef line) {
  line = line.take_until([](char c) { return c == '\t' || c == '\r'; });
  std::string name;
  if (line.consume_front("\"")) {
    for (std::size_t i = 0; i < line.size() && line[i] != '"'; ++i) {
      unsigned code = 0;
      if (line[i] == '\\' && !line.substr(i + 1, 3).getAsInteger(8, code) &&
          line.substr(i + 1, 3).size() == 3) {
        name += static_cast<char>(code);
        i += 3;
      } else if (line[i] == '\\' && i + 1 < line.size()) {
        name += line[++i];
      } else {
        name += line[i];
      }
    }
    line = name;
  }
  line.consume_front("b/");
  return line.str();
}

// Reads `FIRST,COUNT` or `FIRST`.
bool read_range(llvm::StringRef text, std::uint32_t& first, std::uint32_t& count) {
  const auto [begin, length] = text.split(',');
  count = 1;
  return !begin.getAsInteger(10, first) && (length.empty() || !length.getAsInteger(10, count));
}

// The lines of a hunk that are new, and the gaps where lines are gone.
class Hunk {
 public:
  explicit Hunk(llvm::StringRef head) {
    llvm::SmallVector<llvm::StringRef> words;
    head.split(words, ' ');
    if (words.size() < 3) return;
    std::uint32_t first = 0;
    words[1].consume_front("-");
    words[2].consume_front("+");
    if (!read_range(words[1], first, old_left_) || !read_range(words[2], line_, new_left_))
      old_left_ = new_left_ = 0;
    if (new_left_ == 0) ++line_;  // the new side is empty: it names the line before
  }

  bool is_open() const { return old_left_ > 0 || new_left_ > 0; }

  // Takes the next line; false if none such can be in a hunk. Blanks at the end of a line may be lost.
  bool take(llvm::StringRef text, FileChange& change) {
    const char mark = text.trim("\r").empty() ? ' ' : text.front();
    if (mark == '\\') return true;  // "No newline at end of file"
    if (mark != ' ' && mark != '+' && mark != '-') return false;
    if (mark != '+' && old_left_ > 0) --old_left_;
    if (mark != '-' && new_left_ > 0) --new_left_;
    if (mark == '+') change.lines.push_back({line_, line_});
    if (mark == '-') change.lines.push_back({line_ > 1 ? line_ - 1 : 1, line_});
    if (mark != '-') ++line_;
    return true;
  }

 private:
  std::uint32_t line_ = 0, old_left_ = 0, new_left_ = 0;
};

}  // namespace

std::optional<ChangedLines> changes_in_patch(std::string_view patch) {
  ChangedLines changes;
  FileChange* file = nullptr;
  Hunk hunk("");
  bool is_new = false, lacks_hunk = false;
  for (llvm::StringRef rest(patch); !rest.empty();) {
    const auto [line, behind] = rest.split('\n');
    rest = behind;
    if (hunk.is_open()) {
      FileChange removed;  // of a file that is gone: nobody asks
      if (!hunk.take(line, file ? *file : removed)) return std::nullopt;
    } else if (line.starts_with("--- ")) {
      if (lacks_hunk) return std::nullopt;
      is_new = line.starts_with("--- /dev/null");
    } else if (line.starts_with("+++ ")) {
      lacks_hunk = true;
      file = line.starts_with("+++ /dev/null") ? nullptr : &changes[name_in(line.drop_front(4))];
      if (file) file->is_whole = is_new;
    } else if (line.starts_with("@@ ")) {
      hunk = Hunk(line);
      lacks_hunk = !hunk.is_open();
    }
  }
  if (hunk.is_open() || lacks_hunk) return std::nullopt;
  return changes;
}

bool touches(const ChangedLines& changes, const std::string& file, std::uint32_t first, std::uint32_t last) {
  const auto change = changes.find(file);
  if (change == changes.end()) return false;
  return change->second.is_whole ||
         std::any_of(change->second.lines.begin(), change->second.lines.end(),
                     [&](const LineRange& range) { return range.first <= last && first <= range.last; });
}

}  // namespace corolint
