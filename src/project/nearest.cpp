#include "project/nearest.h"

#include <algorithm>

#include "llvm/ADT/StringRef.h"

namespace corolint {

namespace {

// Returns the first candidate of which the word is a part: "timeout" is near "--unit-timeout".
std::string part_of(std::string_view word, const std::vector<std::string>& candidates) {
  const llvm::StringRef part = llvm::StringRef(word).ltrim('-');
  if (part.size() < 4) return {};
  for (const std::string& candidate : candidates)
    if (llvm::StringRef(candidate).contains_insensitive(part)) return candidate;
  return {};
}

bool has_swapped_letters(std::string_view word, const std::string& candidate) {
  return word.size() == candidate.size() && word != candidate &&
         std::is_permutation(word.begin(), word.end(), candidate.begin());
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  if (const std::string whole = part_of(word, candidates); !whole.empty()) return whole;
  const std::string* best = nullptr;
  unsigned best_distance = static_cast<unsigned>(std::max<std::size_t>(1, (word.size() + 1) / 3)) + 1;
  for (const std::string& candidate : candidates) {
    if (has_swapped_letters(word, candidate)) return candidate;
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
