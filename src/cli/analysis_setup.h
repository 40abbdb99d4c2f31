#pragma once

#include <optional>

#include "cli/arguments.h"
#include "engine/analysis.h"
#include "engine/plan.h"
#include "engine/workers.h"

namespace corolint {

// All that the stages need of a plan: the models and the rules. Shipped models are loaded when they are first
// needed: a run that finds everything in the cache does without.
class Setup {
 public:
  Setup(std::vector<Library> libraries, std::string resource_dir)
      : libraries_(std::move(libraries)), resource_dir_(std::move(resource_dir)) {}

  // Returns the folder with Clang's own headers.
  const std::string& resource_dir() const { return resource_dir_; }

  // Returns the analysis that the plan asks for; it refers to the setup.
  Analysis analysis(const Plan& plan);

 private:
  std::vector<Library> libraries_;  // the user's, until they are loaded
  std::string resource_dir_;
  std::optional<Models> models_;
};

// Returns what the request selects, with the paths that its list names; `notices` tells what of it was left
// out.
llvm::Expected<Selection> with_listed_paths(const InputRequest& request, std::vector<std::string>& notices);

// Returns the plan for what the command line asks for.
llvm::Expected<Plan> make_plan(const InputRequest& request);

// Returns the setup for the plan.
llvm::Expected<Setup> set_up(const Plan& plan);

// Returns the numbers of all units of the plan.
std::vector<std::size_t> all_units(const Plan& plan);

}  // namespace corolint
