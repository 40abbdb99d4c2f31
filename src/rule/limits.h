#pragma once

#include <set>

#include "rule/pass.h"

namespace corolint {

using Functions = std::set<const clang::FunctionDecl*>;

// Does something around `expr` in the same expression limit it? `alarms` are the unit's watchdogs.
bool is_limited_here(const Pass& pass, const Function& function, const clang::Stmt* expr,
                     const Functions& alarms);

// Does the call carry its own limit: a duration, a point in time, a token that stops it?
bool takes_limit(const Call& call, const Entry& entry);

}  // namespace corolint
