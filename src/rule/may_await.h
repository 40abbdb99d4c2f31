#pragma once

#include "rule/pass.h"

namespace corolint {

// May the coroutine await a value of `type` at the statement `at`? Only what is sure counts: its promise
// takes everything that is awaitable by its shape, names the type in an `await_transform`, or takes the same
// type elsewhere in the unit; and the statement stands where co_await may stand.
bool may_await(const Pass& pass, const Function& function, clang::QualType type, const clang::Stmt* at);

}  // namespace corolint
