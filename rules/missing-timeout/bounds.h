#pragma once

#include "rule/limits.h"

namespace corolint::timeout {

// A call that bounds the later waits on an object.
struct Deadline {
  const clang::ValueDecl* object;
  const Function* function;
  const clang::Expr* expr;
};

// A timer of a function's own that ends what waits on one of its variables: until the timer goes out of
// scope, or is cancelled.
struct Guard {
  const clang::ValueDecl* object;
  const Function* function;
  const clang::VarDecl* timer;
};

// What of a unit bounds a wait from outside: found once, asked for every wait. Functions are canonical
// declarations.
struct Bounds {
  Functions timed;                          // wait for a timer themselves
  Functions alarms;                         // those of them that throw when time is up: watchdogs
  Functions limited;                        // called under something that ends them
  std::set<const clang::ValueDecl*> ended;  // a watchdog ends what waits on these
  std::vector<Guard> guards;
  std::vector<Deadline> deadlines;
};

// Returns what bounds waits in the unit.
Bounds bounds_of(const Pass& pass);

// Is a time limit on `object` in force at `call`: ended from outside, or set by another function or earlier
// here?
bool is_limited(const Pass& pass, const Bounds& bounds, const clang::ValueDecl* object,
                const Function& function, const Call& call);

}  // namespace corolint::timeout
