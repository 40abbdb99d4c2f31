#pragma once

#include <functional>

#include "engine/analysis.h"
#include "engine/link.h"
#include "engine/plan.h"
#include "engine/unit_cache.h"
#include "engine/workers.h"

namespace corolint {

// Is told how the analysis of units goes on.
struct RunWatch {
  // Before the first: how many units there are, and how long those that are to be analysed may take, in the
  // order in which they are begun.
  std::function<void(std::size_t units, const std::vector<std::int64_t>& estimates)> planned;
  std::function<void(std::size_t item, const std::string& file)> begun;
  std::function<void(std::size_t item)> done;
};

// A unit whose worker did not end well.
struct LostUnit {
  std::size_t number = 0;  // in the plan
  CompileCommand command;
  BrokenUnit broken;
  std::string log;  // what the worker said last: the stack of a crash
};

// What the stages of a run work with, beside the plan.
struct RunTools {
  std::function<Analysis()> analysis;  // asked for when something is to be analysed or linked
  UnitCache& cache;
  UnitLog& log;                                                              // of the run itself
  std::function<void(const std::string& file, const UnitLog& log)> profile;  // is told of each unit
  RunWatch watch;
  std::function<void(LostUnit)> lost;  // is told of each unit that a worker was lost with
  WorkerLimits limits;
  bool with_prefixes = false;
};

// The facts of one unit as text, or why there are none.
struct UnitText {
  std::string text;                // see facts_text
  BrokenUnit lost;                 // if `text` is empty
  std::vector<std::string> files;  // of the project, that it was made of; named from the root
  bool is_known = false;           // from an earlier run
};

// Returns the facts of the plan's units with these numbers, in that order: known ones from the cache, the
// others analysed in worker processes.
std::vector<UnitText> facts_of(const Plan& plan, const std::vector<std::size_t>& units, RunTools& tools);

// Links the facts of all units of the plan and returns what there is to tell. `others` are facts of units
// that are not reported on: calls lead into them; of `unseen` units of the project nothing is known.
Report linked(const Plan& plan, const Analysis& analysis, std::vector<UnitText> units,
              std::vector<UnitText> others = {}, std::size_t unseen = 0);

// Returns the report on the plan's units, from facts of the whole project as far as they are known.
Report checked(const Plan& plan, RunTools& tools);

}  // namespace corolint
