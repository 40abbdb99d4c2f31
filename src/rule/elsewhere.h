#pragma once

#include "rule/pass.h"

namespace corolint {

// Has the coroutine moved, on every way to `at`, to an executor where blocking (for Role::sync_wait: waiting
// for asynchronous work) is allowed, and not moved on from there?
bool runs_where_allowed(const Pass& pass, const Function& function, const clang::Stmt* at, Role role);

}  // namespace corolint
