#pragma once

#include <set>

#include "rule/pass.h"

namespace corolint {

using Functions = std::set<const clang::FunctionDecl*>;

// Does something around `expr` in the same expression limit it? `alarms` are the unit's watchdogs.
bool is_limited_here(const Pass& pass, const Function& function, const clang::Stmt* expr,
                     const Functions& alarms);

// Returns the argument that limits the wait, or null if it was left out.
const clang::Expr* deadline_in(const Call& call, const Entry& entry);

// Does the deadline say "no limit": the value that means that, or one that was given no time?
bool is_never_reached(const clang::Expr& deadline, const Entry& entry, const clang::ASTContext& context);

// Does the call carry its own limit: a duration, a point in time, a token that stops it, or the library's?
bool takes_limit(const Pass& pass, const Call& call, const Entry& entry);

// Is it a duration or a point in time?
bool is_time(clang::QualType type);

// Does the call end what waits on its object: cancel, close, shutdown?
bool ends_operations(const Call& call);

// Does `inner` stand in `outer`, at any depth, or is it that function itself?
bool is_within(const clang::FunctionDecl& inner, const clang::FunctionDecl& outer);

}  // namespace corolint
