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

// Is an object of the type `made` the one of type `from`, or around it? What both are made with, such as an
// executor, is something else.
bool is_or_holds(clang::QualType made, clang::QualType from);

// Returns the object that the expression names, as root_object does; of an accessor of a class, the field that
// it gives out.
const clang::ValueDecl* object_named(const clang::Expr* expr);

// Returns the object that a wait or a limit on `expr` is about: that which it reaches into, also where a
// local reference names a layer of it.
const clang::ValueDecl* limited_object(const clang::Expr* expr);

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
