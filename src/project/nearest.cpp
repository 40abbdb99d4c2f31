#include "project/nearest.h"

#include <algorithm>

#include "llvm/ADT/StringRef.h"

namespace corolint {

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string* best = nullptr;
  unsigned best_distance = static_cast<unsigned>(std::max<std::size_t>(1, (word.size() + 1) / 3)) + 1;
  for (const std::string& candidate : candidates) {
    const unsigned distance = llvm::StringRef(word).edit_distance(candidate, true, best_distance);
    if (distance < best_distance) {
      best = &candidate;
      best_distance = distance;
    }
  }
  return best ? *best : std::string();
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string best = nearest(word, candidates);
  return best.empty() ? "" : "; did you mean '" + best + "'?";
}

}  // namespace corolint
