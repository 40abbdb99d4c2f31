#pragma once

#include "cli/analysis_setup.h"
#include "cli/cache.h"
#include "cli/progress.h"
#include "engine/profile.h"
#include "engine/run.h"
#include "llvm/Support/BuryPointer.h"

namespace corolint {

// What a command has at hand while it analyses units: the cache, the progress line, the profile.
class Session {
 public:
  // All must outlive the session; `log` is that of the run.
  Session(const Plan& plan, Setup& setup, const RunRequest& request, bool quiet, UnitLog& log);

  RunTools& tools() { return tools_; }

  // Returns the signal that has ended the analysis early, or 0.
  int interrupted_by() { return interruption_.signal(); }

  // Ends the part of the run that shows progress and fills the cache.
  void end_analysis();
  // Writes down what a report of each lost unit needs, if that was asked for; an error names the file that
  // cannot be written.
  llvm::Error write_reproducers();
  // Leaves the memory of what the cache knows to the end of the process: to give it back piece by piece takes
  // longer than to end. To be called last.
  void leave_memory() { llvm::BuryPointer(std::move(cache_)); }
  // Returns where the time of the units went. To be called once.
  Profile take_profile() { return std::move(profile_); }

 private:
  const RunRequest& request_;
  std::string notice_;
  CacheFolder folder_;
  std::unique_ptr<UnitCache> cache_;
  Progress progress_;
  Profile profile_;
  std::vector<LostUnit> lost_;
  Interruption interruption_;
  RunTools tools_;
};

// Shows the profile of the units and of the run itself, if it was asked for; an error names the file that
// cannot be written.
llvm::Error show_profile(const RunRequest& request, Profile profile, const UnitLog& log);

}  // namespace corolint
