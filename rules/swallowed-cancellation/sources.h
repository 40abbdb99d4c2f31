#pragma once

// What may be cancelled in the whole program, and the findings that wait for it to be known.

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "arrival.h"
#include "rule/program.h"

namespace corolint::cancellation {

// Leaves the finding that was kept last to `report_arrived`.
void leave_to_sources(Pass& pass, const Arrival& arrival);

// The functions out of which the cancellation of some sources may come.
class Reach {
 public:
  Reach(const Program& program, const std::vector<Source>& sources);

  // Returns the steps from the function to a source; nothing if it comes to none.
  std::optional<std::vector<Step>> way_from(FunctionId from) const;

 private:
  const Program& program_;
  std::map<FunctionId, Note> sources_;
  std::set<FunctionId> reaching_;
};

class Sources {
 public:
  explicit Sources(const Program& program);

  // May cancellation arrive? Then returns the steps from the awaited call to its source: none where it is
  // sure, or where nobody has seen it.
  std::optional<std::vector<Step>> way_to(const Arrival& arrival) const;

 private:
  const CallGraph& graph_;
  const Reach sources_, gates_;
};

// Reports the findings that were left, where cancellation may arrive.
void report_arrived(Program& program, const Sources& sources);

}  // namespace corolint::cancellation
