#pragma once

#include <map>
#include <optional>
#include <set>

#include "rule/pass.h"

namespace corolint {

// Is `callable` the work that `call` is given, or part of it, at the argument that the entry names
// (at any, if it names none)?
bool is_work(const Function& function, const clang::Expr* callable, const Call& call, const Entry& entry);

// Returns the call that hands the lambda over to run later, once, as the continuation of other work.
std::optional<Call> continuation_of(const Pass& pass, const Function& function,
                                    const clang::LambdaExpr& lambda);

// Returns the project's lambdas that run on an executor as completion handlers or continuations, each with
// the call that hands it over; of a generic lambda also what was instantiated. A callable that is handed to a
// pool or a thread is none: blocking is fine there.
std::map<const Function*, Call> handlers_of(const Pass& pass);

// Is the function a method by which a library asks the program for a future: does it override one that is not
// the project's? The library calls it where it runs itself, on its event loop.
bool is_called_by_library(const Pass& pass, const Function& function);

// Returns the lambdas of the unit that are handed to a pool or a thread.
std::set<const Function*> offloaded_in(const Pass& pass);

}  // namespace corolint
