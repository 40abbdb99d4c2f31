#pragma once

#include "cli/arguments.h"
#include "engine/analysis.h"
#include "engine/plan.h"
#include "engine/workers.h"

namespace corolint {

// All that the stages need of a plan: the models and the rules, loaded.
struct Setup {
  Models models;
  std::string resource_dir;

  // Returns the analysis that the plan asks for; it refers to the setup.
  Analysis analysis(const Plan& plan) const;
};

// Returns the plan for what the command line asks for.
llvm::Expected<Plan> make_plan(const InputRequest& request);

// Returns the setup for the plan.
llvm::Expected<Setup> set_up(const Plan& plan);

// Returns the numbers of all units of the plan.
std::vector<std::size_t> all_units(const Plan& plan);

// Returns the limits that the request sets; 0 jobs ask for one worker a processor.
WorkerLimits worker_limits(const RunningRequest& request);

// Shows how far a run is: on a terminal only, and gone when the run ends.
class Progress {
 public:
  Progress(std::size_t total, bool quiet);
  ~Progress();
  void operator()(std::size_t done) const;

 private:
  std::size_t total_;
  bool shown_;
};

}  // namespace corolint
