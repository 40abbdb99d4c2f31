#pragma once

// The prefixes of a run: those that its units used before, and others, chosen from what the units include,
// that are to be made where an earlier run left none.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/analysis.h"
#include "engine/prefix_plans.h"
#include "engine/temporary_folder.h"
#include "engine/unit_cache.h"
#include "engine/workers.h"
#include "unit/prefix.h"
#include "unit/unit_log.h"

namespace corolint {

class Prefixes {
 public:
  // Finds prefixes for units with these commands, which must live as long, as `cache` must. `log` is told how
  // many there are. What cannot be made is left out: its units are parsed without.
  Prefixes(const std::vector<const CompileCommand*>& commands, const Analysis& analysis, UnitCache& cache,
           const WorkerLimits& limits, UnitLog& log);
  Prefixes() = default;  // none

  // Returns how many are to be made before the units that use them are analysed. They have numbers from 0.
  std::size_t missing() const { return missing_.size(); }
  // Returns the one, with a lower number, that has to be made before.
  std::optional<std::size_t> base_of(std::size_t number) const { return missing_[number].base; }
  // Makes it, in a worker; `log` is told how that went.
  void make(std::size_t number, const Analysis& analysis, UnitLog& log);
  // Keeps account of it, where it was made.
  void count(std::size_t number, UnitCache& cache) const { cache.prefixes().count(missing_[number].file); }

  // Returns which of the missing prefixes the unit with this place among the commands waits for.
  std::optional<std::size_t> awaited_by(std::size_t unit) const;
  // Is there a prefix, or will there be one, for the unit?
  bool has(std::size_t unit) const { return unit < files_.size() && !files_[unit].empty(); }
  // Returns the prefix for the unit, or null. To be asked when what the unit waits for was made.
  std::shared_ptr<const Prefix> of(std::size_t unit);

  // Was it looked into which prefix each unit can use? Then one that has none has no use for any.
  bool is_planned() const { return is_planned_; }
  // Was it looked into whether one of its own is better for the unit?
  bool is_back(std::size_t unit) const { return back_.contains(unit); }

  // Lets the unit do without from now on; false if it had none.
  bool drop(std::size_t unit);

 private:
  struct Missing {
    std::vector<std::string> headers;
    const CompileCommand* command;  // of one of its units
    std::string file, base_file;
    std::optional<std::size_t> base;  // if that is missing too
  };

  void find_back(const std::vector<const CompileCommand*>& commands, UnitCache& cache);
  std::vector<OpenUnit> open_units(const std::vector<const CompileCommand*>& commands,
                                   const std::vector<std::size_t>& units);
  std::vector<std::size_t> reuse(const std::vector<const CompileCommand*>& commands, UnitCache& cache,
                                 UnitLog& log);
  void place(const std::vector<const CompileCommand*>& commands, std::vector<PrefixPlan> plans,
             UnitCache& cache);
  std::string place_of(const std::vector<std::string>& texts, UnitCache& cache);
  std::shared_ptr<const Prefix> loaded(const std::string& file);

  std::vector<Missing> missing_;
  std::vector<std::vector<std::string>> files_;  // by unit: of its prefixes, the one to be preferred last
  std::map<std::string, std::shared_ptr<const Prefix>> loaded_;  // by file; null: of no use
  std::set<std::size_t> back_;  // units that may have one of their own from now on
  bool is_planned_ = false;
  FileStates* states_ = nullptr;
  std::optional<TemporaryFolder> own_folder_;  // where there is no cache
};

}  // namespace corolint
