#pragma once

// Fixes as lines before and after, as people read a change.

#include <cstdint>
#include <string>
#include <vector>

#include "output/source_text.h"
#include "rule/finding.h"

namespace corolint {

// Lines of one file next to each other that a fix changes.
struct ChangedLines {
  std::string file;
  std::uint32_t first = 1;  // number of the first of them
  std::vector<std::string> before, after;
};

// Returns what `fix` changes, by file and line; nothing if a file of it cannot be read.
std::vector<ChangedLines> changed_lines(const Fix& fix, SourceText& sources);

}  // namespace corolint
