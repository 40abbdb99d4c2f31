#pragma once

// Calls that the source does not spell: destructors at the end of a scope, the hooks of an awaiter,
// constructors that a function such as make_shared runs, and calls through a variable whose target can be
// seen.

#include <vector>

#include "coroutines/function.h"

namespace corolint {

struct HiddenCall {
  const clang::FunctionDecl* callee = nullptr;
  const clang::Stmt* place = nullptr;  // what the author wrote that brings the call about
};

// Returns the destructors that run for the function's variables and temporaries, the awaiter hooks
// (await_ready, await_suspend, await_resume) that its suspensions call, and the constructors behind its
// calls.
std::vector<HiddenCall> calls_without_name(const Function& function);

// Returns the function that `call` runs: its callee, or the lambda or function that the called variable was
// made from; null if that cannot be seen.
const clang::FunctionDecl* called_function(const Call& call);

}  // namespace corolint
