#pragma once

// What becomes of a coroutine that an expression has called: whether it can go on when the expression, or the
// function, has ended. Only what is known counts: a callee that nobody knows may wait.

#include "rule/pass.h"

namespace corolint {

struct TaskFate {
  enum Kind {
    unknown,   // awaited in the same expression, or handed to someone unknown
    kept,      // in a variable, a container, a range-for
    returned,  // by a plain function
    started,   // by a spawn function, or by itself and dropped
  };
  Kind kind = unknown;
  const clang::Stmt* at = nullptr;              // where that is so
  const clang::ValueDecl* container = nullptr;  // kept: what it was added or assigned to
};

// Returns the fate of `task`, the call of a coroutine that suspends before its body if it is lazy.
TaskFate fate_of(const Pass& pass, const Function& function, const clang::Expr* task, bool is_lazy);

// As above; but of a value that is kept in a variable which is named once more, its fate at that name.
TaskFate last_fate_of(const Pass& pass, const Function& function, const clang::Expr* value, bool is_lazy);

// Does what the function started at `at` go on, for sure, after the end of the local variable? It may be
// waited for as long as the function suspends again in the variable's scope, unless that was before it told
// the work to end, `stop.cancel(); co_return;`; and a plain function may run a loop in whatever it calls
// there, or in the destructor of what it declares there. So may a coroutine block, for what runs in a pool.
bool outlives(const Pass& pass, const Function& function, const clang::VarDecl& local, const clang::Stmt* at);

// Does the function go on to its end without waiting for what it has started at `at`? What a function outside
// the standard library does that it calls after that is not known: it may run an event loop.
bool ends_without_waiting(const Pass& pass, const Function& function, const clang::Stmt* at);

}  // namespace corolint
