#pragma once

// Objects that cannot block because of how they were made: a program's own class around a database, opened in
// memory by one of its constructors. A unit exports which constructors do that, which of them made what, and
// on which objects coroutines call; the link puts it together.

#include <map>
#include <set>

#include "rule/pass.h"
#include "rule/program.h"

namespace corolint::blocking {

// Tells `Openings` what the function makes if it is a constructor, and whether it opens what it wraps.
void export_constructions(Pass& pass, const Function& function);

// Tells `Openings` on which objects the coroutine or handler calls.
void export_calls_on_objects(Pass& pass, const Function& function);

class Openings {
 public:
  explicit Openings(const Program& program);

  // Is the call at the place made on an object, or on one that was made from one, that waits for nothing?
  bool waits_for_nothing(const Place& call) const { return calls_.contains(call); }

 private:
  std::set<Place> calls_;
};

}  // namespace corolint::blocking
