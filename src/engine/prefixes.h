#pragma once

// The prefixes of a run: chosen from what its units include, made where an earlier run left none.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/analysis.h"
#include "engine/temporary_folder.h"
#include "engine/unit_cache.h"
#include "engine/workers.h"
#include "unit/prefix.h"
#include "unit/unit_log.h"

namespace corolint {

class Prefixes {
 public:
  Prefixes() = default;  // none

  // Finds prefixes for units with these commands: those that they used before, else new ones, made in worker
  // processes. What cannot be made is left out: its units are parsed without. `log` is told how many there
  // are.
  static Prefixes make(const std::vector<const CompileCommand*>& commands, const Analysis& analysis,
                       UnitCache& cache, const WorkerLimits& limits, UnitLog& log);

  // Returns the prefix for the unit with this place among the commands, or null.
  std::shared_ptr<const Prefix> of(std::size_t unit) const {
    return unit < by_unit_.size() ? by_unit_[unit] : nullptr;
  }

  // Lets the unit do without from now on; false if it had none.
  bool drop(std::size_t unit) {
    if (!of(unit)) return false;
    by_unit_[unit] = nullptr;
    return true;
  }

 private:
  std::vector<std::size_t> reuse(const std::vector<const CompileCommand*>& commands, UnitCache& cache,
                                 UnitLog& log);

  std::vector<std::shared_ptr<const Prefix>> by_unit_;
  std::optional<TemporaryFolder> own_folder_;  // where there is no cache
};

}  // namespace corolint
