#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace corolint {

// Returns the one of `candidates` that `word` was probably meant to be, or nothing if none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

// Returns "; did you mean 'X'?" for the nearest of `candidates`, or nothing if none is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace corolint
