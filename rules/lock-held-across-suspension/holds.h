#pragma once

#include "guards.h"

namespace corolint::locks {

// From `start` on something is held that a suspended coroutine must not hold.
struct Hold {
  enum Kind { guard, by_hand, temporary };
  Kind kind = guard;
  bool is_affine = false;
  const clang::Stmt* start = nullptr;      // null: from the function's beginning
  const clang::VarDecl* holder = nullptr;  // guard: the object
  const clang::Expr* object = nullptr;     // the mutex, as far as it is named
  bool is_tried = false;                   // by_hand: only if `start` says so
};

// Returns all that the function holds, in the order of the source.
std::vector<Hold> holds_in(Guards& guards, const Function& function);

// Returns the first suspension of the function that comes while it holds that, or null.
const Suspension* suspension_under(const Hold& hold, const Function& function);

}  // namespace corolint::locks
