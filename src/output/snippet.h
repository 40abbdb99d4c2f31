#pragma once

#include "output/mark_rows.h"
#include "output/painter.h"
#include "output/source_text.h"

#include <string>
#include <vector>

namespace corolint {

struct SnippetStyle {
  Painter paint;
  unsigned context = 1;    // as in TextStyle
  std::size_t gutter = 1;  // digits of the greatest line number around
};

// Returns the lines of `file` that `marks` (all in that file) start on, with line numbers and the marks under
// them; what is between is left out. Empty if the file has none of these lines.
std::string snippet(const SourceFile& file, const std::vector<Mark>& marks, const SnippetStyle& style);

}  // namespace corolint
