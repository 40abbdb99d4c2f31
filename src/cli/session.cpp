#include "cli/session.h"

#include <algorithm>

#include "cli/output_files.h"
#include "cli/print.h"
#include "cli/reproducers.h"
#include "engine/processors.h"

namespace corolint {

namespace {

WorkerLimits limits_of(const RunRequest& request, Interruption& interruption) {
  return {request.jobs ? request.jobs : usable_processors(), std::chrono::seconds(request.unit_timeout),
          request.max_memory, &interruption};
}

}  // namespace

Session::Session(const Plan& plan, Setup& setup, const RunRequest& request, bool quiet, UnitLog& log)
    : request_(request),
      folder_(cache_folder(request.cache, notice_)),
      cache_(std::make_unique<UnitCache>(folder_, plan, setup.resource_dir())),
      progress_(quiet || request.no_progress),
      tools_{[&plan, &setup] { return setup.analysis(plan); },
             *cache_,
             log,
             {},
             progress_.watch(),
             [this](LostUnit unit) { lost_.push_back(std::move(unit)); },
             limits_of(request, interruption_),
             !request.no_prefixes,
             request.skip_synchronous} {
  if (!request.profile.empty())
    tools_.profile = [this](const std::string& file, const UnitLog& unit) { profile_.add(file, unit); };
}

void Session::end_analysis() {
  progress_.clear();
  cache_->finish();
  for (const std::string& notice : {notice_, folder_.problem()})
    if (!notice.empty()) tell_note(notice);
}

llvm::Error Session::write_reproducers() {
  if (request_.reproducer.empty()) return llvm::Error::success();  // and no models are loaded for nothing
  // In the order of the units, not in that in which they were lost.
  std::sort(lost_.begin(), lost_.end(),
            [](const LostUnit& a, const LostUnit& b) { return a.number < b.number; });
  return corolint::write_reproducers(request_.reproducer, lost_, tools_.analysis().parsing, tools_.limits);
}

llvm::Error show_profile(const RunRequest& request, Profile profile, const UnitLog& log) {
  if (request.profile.empty()) return llvm::Error::success();
  profile.add("", log);
  tell(profile.table());
  if (request.profile == RunRequest::profile_on_stderr) return llvm::Error::success();
  return write_to_file(request.profile, profile.trace());
}

}  // namespace corolint
