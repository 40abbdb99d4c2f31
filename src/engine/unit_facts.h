#pragma once

// From the units of a plan to their facts: known ones from the cache, the others analysed in worker
// processes.

#include <functional>

#include "engine/analysis.h"
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
  // Returns the signal that has ended the analysis early, or 0.
  int interrupted_by() const { return limits.interruption ? limits.interruption->signal() : 0; }

  bool skips_synchronous = false;  // units without asynchronous code, as far as none comes to them
};

// The facts of one unit as text, or why there are none.
struct UnitText {
  std::string text;                // see facts_text; of a known unit it may still be unread
  std::string digest;              // of the text
  std::string entry;               // of a known unit: where the cache keeps it
  BrokenUnit lost;                 // if there is none
  std::vector<std::string> files;  // of the project, that it was made of; named from the root
  bool is_known = false;           // from an earlier run
  bool is_unneeded = false;        // it was not parsed: there is nothing to tell of it
};

// Returns the facts of the plan's units, by their number: of those among `units` that the cache knows, maybe
// unread. The others are added to `open`.
std::vector<UnitText> known_facts(const Plan& plan, const std::vector<std::size_t>& units, RunTools& tools,
                                  std::vector<std::size_t>& open);

// Reads the texts of known units that are unread. A unit whose text is not there any more is analysed; then
// this returns false.
bool read_known(const Plan& plan, RunTools& tools, std::vector<UnitText>& texts);

// Analyses the units with these numbers and puts their facts in their places of `texts`.
void analyse_units(const Plan& plan, std::vector<std::size_t> units, RunTools& tools,
                   std::vector<UnitText>& texts);

// Returns the facts of the plan's units with these numbers, in that order.
std::vector<UnitText> facts_of(const Plan& plan, const std::vector<std::size_t>& units, RunTools& tools);

// Returns the facts of the plan's other units, as far as the cache knows them, maybe unread; and reads them,
// leaves out those that are not there any more, and returns false if there are any.
std::vector<UnitText> known_facts_of_others(const Plan& plan, RunTools& tools);
bool read_others(RunTools& tools, std::vector<UnitText>& others);

}  // namespace corolint
