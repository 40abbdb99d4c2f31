#pragma once

#include <functional>
#include <string>
#include <vector>

namespace corolint {

// What a worker made of one item: its answer, or why there is none.
struct Answer {
  std::string text;
  std::string failure;  // "crashed: Segmentation fault"; empty if `text` is the answer
};

// Computes `work(0)` to `work(count - 1)` in `jobs` forked processes and returns the answers in that order. A
// worker that dies loses the item it was at, nothing else. `done` is told after each answer.
std::vector<Answer> in_workers(std::size_t count, unsigned jobs,
                               const std::function<std::string(std::size_t)>& work,
                               const std::function<void(std::size_t item)>& done);

}  // namespace corolint
