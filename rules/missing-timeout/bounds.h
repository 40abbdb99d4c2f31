#pragma once

#include <set>

#include "rule/pass.h"

namespace corolint {

// A call that bounds the later waits on an object.
struct Deadline {
  const clang::ValueDecl* object;
  const Function* function;
  const clang::Expr* expr;
};

// What of a unit bounds a wait from outside: found once, asked for every wait. Functions are canonical
// declarations.
struct Bounds {
  std::set<const clang::FunctionDecl*> timed;    // wait for a timer themselves
  std::set<const clang::FunctionDecl*> alarms;   // those of them that throw when time is up: watchdogs
  std::set<const clang::FunctionDecl*> limited;  // called under something that ends them
  std::set<const clang::ValueDecl*> ended;  // a watchdog, or a caller's deadline, ends what waits on these
  std::vector<Deadline> deadlines;
};

using Functions = std::set<const clang::FunctionDecl*>;

// Returns what bounds waits in the unit.
Bounds bounds_of(const Pass& pass);

// Does something around `expr` in the same expression limit it?
bool is_limited_here(const Pass& pass, const Function& function, const clang::Stmt* expr,
                     const Functions& alarms);

// Is a time limit on `object` in force at `call`: ended from outside, or set by another function or earlier
// here?
bool is_limited(const Bounds& bounds, const clang::ValueDecl* object, const Function& function,
                const Call& call);

}  // namespace corolint
