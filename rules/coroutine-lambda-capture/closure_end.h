#pragma once

#include "capturing.h"

namespace corolint::capturing {

// How a closure comes to its end before its coroutine does.
struct End {
  enum Kind {
    none,       // not known to
    temporary,  // nobody keeps it: it ends with the expression that calls it
    local,      // it ends with the function that calls it, and the coroutine goes on
    one_shot,   // who calls it destroys it as soon as the call has returned
    handed,     // who keeps it cannot know when the coroutine is done
  };
  Kind kind = none;
  const clang::Stmt* at = nullptr;  // what lets the coroutine go on
  std::string callee;               // one_shot, handed
};

// Returns how the closure that `function` makes of the lambda ends.
End end_of(const Pass& pass, const Function& function, const Coroutine& coroutine);

}  // namespace corolint::capturing
