#pragma once

#include <map>

#include "coroutines/function.h"
#include "facts/facts.h"
#include "rule/pass.h"

namespace corolint {

// Returns how `function` comes to `callee` by the call.
Way way_of(const Pass& pass, const Function& function, const Call& call, const clang::FunctionDecl& callee);

// Returns how `function` comes to the body of `callable`, an argument of the call.
Way way_of_callable(const Pass& pass, const Function& function, const Call& call,
                    const clang::Expr* callable);

// Returns how the body of a callable that waits in a variable is come to when the variable is called.
Way way_of_stored(const Pass& pass, const clang::FunctionDecl& callable);

// Does a handler or a coroutine call at `at` what its template was given together with an executor? Whoever
// gave them both knows what may run there. `handlers` is what handlers_of returns.
bool is_given_with_executor(const std::map<const Function*, Call>& handlers, const Function& function,
                            const clang::Stmt* at);

}  // namespace corolint
