#pragma once

// Work that a coroutine has awaited, alone or with others, before it asks for its result: what would wait for
// its end does not wait any more.

#include <set>

#include "rule/pass.h"
#include "rule/program.h"

namespace corolint::blocking {

// Tells `Finished` which calls the coroutine makes on work that it has awaited by then.
void export_finished(Pass& pass, const Function& coroutine);

class Finished {
 public:
  explicit Finished(const Program& program);

  // Is the call at the place made on work that has ended?
  bool has(const Place& call) const { return calls_.contains(call); }

 private:
  std::set<Place> calls_;
};

}  // namespace corolint::blocking
