#pragma once

// The prefixes of a run: chosen from what its units include, made where an earlier run left none.

#include <memory>
#include <string>
#include <vector>

#include "engine/workers.h"
#include "engine/analysis.h"
#include "engine/unit_cache.h"
#include "unit/prefix.h"
#include "unit/unit_log.h"

namespace corolint {

class Prefixes {
 public:
  Prefixes() = default;  // none
  ~Prefixes();
  Prefixes(Prefixes&&) = default;
  Prefixes& operator=(Prefixes&&) = default;

  // Makes the prefixes for units with these commands, in `jobs` processes. What cannot be made is left out:
  // its units are parsed without. `log` is told how many there are.
  static Prefixes make(const std::vector<const CompileCommand*>& commands, const Analysis& analysis,
                       UnitCache& cache, const WorkerLimits& limits, UnitLog& log);

  // Returns the prefix for the unit with this place among the commands, or null.
  const Prefix* of(std::size_t unit) const {
    return unit < by_unit_.size() ? by_unit_[unit].get() : nullptr;
  }

 private:
  std::vector<std::shared_ptr<const Prefix>> by_unit_;
  std::string own_folder_;  // where there is no cache; removed with this
};

}  // namespace corolint
