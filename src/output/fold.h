#pragma once

#include <string>
#include <string_view>

namespace corolint {

// Returns `text` broken at blanks into lines of at most `width` cells (0: not broken): the first starts at
// cell `start`, the others at `indent`. A word longer than that stays whole.
std::string fold(std::string_view text, std::size_t width, std::size_t start, std::size_t indent);

// Returns `text` if it has at most `limit` bytes, else as many whole sentences of it as fit, or else as many
// words and "…".
std::string shortened(std::string_view text, std::size_t limit);

}  // namespace corolint
