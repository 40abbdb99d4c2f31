#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace corolint {

// The lines of a file, from 1, that a change has touched: `first` up to and with `last`. Lines that are gone
// count as the lines on both sides of the gap.
struct LineRange {
  std::uint32_t first = 0, last = 0;
};

struct FileChange {
  std::vector<LineRange> lines;  // in order
  bool is_whole = false;         // the file is new
};

using ChangedLines = std::map<std::string, FileChange>;  // by the file's name now

// Returns what a patch in the unified format changes; nothing if it breaks off within a change. Names lose the
// `a/` and `b/` that git puts before them.
std::optional<ChangedLines> changes_in_patch(std::string_view patch);

// Does the change touch a line from `first` to `last` of the file?
bool touches(const ChangedLines& changes, const std::string& file, std::uint32_t first, std::uint32_t last);

}  // namespace corolint
