#pragma once

#include <string>

#include "unit/place.h"

namespace corolint {

// A comment of the analysed code that may speak to corolint: it holds NOLINT or "corolint:".
struct Comment {
  Place place;
  std::string text;
  Place removal;  // what goes with it: the blanks before it, and a line that holds nothing else

  friend auto operator<=>(const Comment&, const Comment&) = default;
};

}  // namespace corolint
