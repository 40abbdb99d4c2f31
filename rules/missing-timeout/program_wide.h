#pragma once

// Time limits that are set elsewhere than where the wait is: by a caller, by a callee, on the member that a
// parameter became, in whatever file. A unit exports what may limit what; the link decides.

#include "bounds.h"

namespace corolint::timeout {

// A wait that nothing in its function limits, with the finding that it is unless the program says otherwise.
struct KeptWait {
  std::string kind;  // as a record has it
  Call call;
  const clang::ValueDecl* object;  // null: none can be named
  Finding finding;
};

// Exports the wait.
void export_wait(Pass& pass, const Function& function, const KeptWait& kept);

// Exports the limits that the function sets, and the objects that it hands on: to callees, wrappers and
// members.
void export_passing(Pass& pass, const Function& function, const Bounds& bounds);

// Exports which functions are called under a limit.
void export_limited(Pass& pass, const Bounds& bounds);

// Reports the waits that nothing in the program limits, the first one on each object.
void conclude(Program& program);

}  // namespace corolint::timeout
