#pragma once

// What the fuzzers feed: one target a reader. The test suite feeds them the corpus and what has once crashed.

#include <functional>
#include <string_view>
#include <vector>

namespace corolint {

struct FuzzTarget {
  std::string_view name;  // also of its folder in tests/fuzz/corpus
  void (*feed)(std::string_view bytes);
};

// Returns all targets.
const std::vector<FuzzTarget>& fuzz_targets();

}  // namespace corolint
