#pragma once

#include "rule/finding.h"

#include <string>
#include <string_view>

namespace corolint {

// What a stretch of terminal text is, as far as its colour goes.
enum class Tint { plain, strong, error, warning, note, secondary };

// Returns the tint that findings of `level` have.
Tint tint_of(Level level);

// Colours text, or leaves it as it is.
struct Painter {
  bool color = false;

  // Returns `text` in `tint`.
  std::string operator()(std::string_view text, Tint tint) const;
};

}  // namespace corolint
