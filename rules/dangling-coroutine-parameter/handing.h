#pragma once

#include <set>

#include "records.h"

namespace corolint::dangling {

// Does the function take something that it is only lent?
bool borrows(const clang::FunctionDecl& function);

// Is `type` one that coroutines return, or that can be awaited?
bool is_awaitable_type(const Pass& pass, clang::QualType type);

// Returns what the function hands on of its own parameters.
std::vector<Hands> handed_by(const Pass& pass, const Function& function);

// Tells which arguments of the call end before work that the callee may have let go.
void export_lent(Pass& pass, const Function& function, const Call& call);

}  // namespace corolint::dangling
