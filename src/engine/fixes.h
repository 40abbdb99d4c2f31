#pragma once

// Fixes of a report as new texts of files. Nothing is written here.

#include <map>
#include <string>
#include <vector>

#include "engine/report.h"

namespace corolint {

// A change of a file's bytes.
struct ByteEdit {
  std::size_t begin = 0, end = 0;
  std::string text;

  friend auto operator<=>(const ByteEdit&, const ByteEdit&) = default;
};

struct FixedFile {
  std::string path;  // absolute
  std::string before, after;
  std::vector<ByteEdit> edits;  // in order; none overlaps another
};

struct FixedFiles {
  std::map<std::string, FixedFile> files;  // by name, as places have it
  std::size_t applied = 0;                 // findings that are put right
  std::size_t unsafe = 0;            // findings that only an unsafe fix puts right, which was not asked for
  std::vector<std::string> notices;  // fixes that are left out, and why
};

// Returns what the files become when the best fix of each finding is applied, unsafe ones only if
// `with_unsafe`. A fix that overlaps an earlier one is left out, and so is one of a file that lies outside
// the root, is reached through a symlink or cannot be read.
FixedFiles fixed_files(const Report& report, bool with_unsafe);

// Returns the changes of all files as a patch that `git apply` and `patch -p1` take.
std::string as_patch(const FixedFiles& fixed);

}  // namespace corolint
