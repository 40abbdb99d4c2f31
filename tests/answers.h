#pragma once

#include <string>
#include <vector>

#include "engine/workers.h"

namespace corolint {

// Returns what workers make of the items, in the items' order.
inline std::vector<Answer> answers_of(std::size_t count, const WorkerLimits& limits,
                                      const std::function<std::string(std::size_t)>& work) {
  std::vector<Answer> answers(count);
  WorkWatch watch;
  watch.done = [&](std::size_t item, Answer answer) { answers[item] = std::move(answer); };
  in_workers(count, limits, work, watch);
  return answers;
}

}  // namespace corolint
