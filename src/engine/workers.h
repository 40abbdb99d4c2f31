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

// Is told how the work goes on.
struct WorkWatch {
  std::function<void(std::size_t item)> begun;
  std::function<void(std::size_t item, Answer answer)> done;
};

// Computes `work(0)` to `work(count - 1)` in `jobs` forked processes, begun in that order, and gives each
// answer to `watch` as it comes. A worker that dies loses the item it was at, nothing else.
void in_workers(std::size_t count, unsigned jobs, const std::function<std::string(std::size_t)>& work,
                const WorkWatch& watch);

}  // namespace corolint
