#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "engine/interruption.h"

namespace corolint {

// How many workers there are, and what each may take for one item.
struct WorkerLimits {
  unsigned jobs = 1;
  std::chrono::milliseconds item_time{0};  // 0: no limit
  std::uint64_t memory = 0;                // bytes; 0: no limit
  Interruption* interruption = nullptr;    // ends the work early; null: nothing does
};

// What a worker made of one item: its answer, or why there is none.
struct Answer {
  std::string text;
  std::string failure;  // "crashed: Segmentation fault"; empty if `text` is the answer
  std::string log;      // what the worker wrote on its stderr before it failed: the stack, last words
};

// Is told how the work goes on.
struct WorkWatch {
  std::function<void(std::size_t item)> begun = [](std::size_t) {};
  std::function<void(std::size_t item, Answer answer)> done = [](std::size_t, Answer) {};
  // Asked when an item failed for good: may it succeed another time, in a worker that is forked then?
  std::function<bool(std::size_t item)> can_do_without = [](std::size_t) { return false; };
  // Asked once, at first: which earlier item has to be done, well or not, before this one is begun?
  std::function<std::optional<std::size_t>(std::size_t item)> waits_for = [](std::size_t) {
    return std::nullopt;
  };
};

// Computes `work(0)` to `work(count - 1)` in forked processes, begun in that order as far as they need not
// wait for others, and gives each answer to `watch` as it comes. A worker that crashes, hangs or takes too
// much memory loses the item it was at, nothing else; where its earlier items may be to blame, or somebody
// outside who killed it, a fresh worker gets that item once more. Once an interruption has come, each item
// that has no answer fails, because it "was interrupted". No worker outlives this process.
void in_workers(std::size_t count, const WorkerLimits& limits,
                const std::function<std::string(std::size_t)>& work, const WorkWatch& watch);

}  // namespace corolint
