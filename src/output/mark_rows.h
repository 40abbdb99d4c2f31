#pragma once

// The rows under a source line: signs below the text that they mean, words at the signs.

#include "output/painter.h"
#include "rule/finding.h"

#include <string>
#include <string_view>
#include <vector>

namespace corolint {

// A region to mark in the source with the words that stand at it. Of a region of several lines the first is
// marked.
struct Mark {
  Place place;
  std::string label;  // may be empty
  char sign = '-';    // '^' for the place of the finding
  Tint tint = Tint::secondary;
};

// Returns the rows that go under the printed `line` (valid UTF-8, tabs as they are) for `marks`, all of which
// start on it.
std::vector<std::string> mark_rows(std::string_view line, const std::vector<Mark>& marks,
                                   const Painter& paint);

}  // namespace corolint
