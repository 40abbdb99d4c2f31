#pragma once

#include <set>

#include "llvm/ADT/DenseMap.h"
#include "rule/pass.h"

namespace corolint {

using Functions = std::set<const clang::FunctionDecl*>;

// Does something around `expr` in the same expression limit it? `alarms` are the unit's watchdogs.
bool is_limited_here(const Pass& pass, const Function& function, const clang::Stmt* expr,
                     const Functions& alarms);

// Answers the same for all calls of a unit. Of thousands of calls in one expression, each of which stands
// around the next, none is asked twice.
class LimitsAround {
 public:
  LimitsAround(const Pass& pass, Functions alarms) : pass_(pass), alarms_(std::move(alarms)) {}

  bool is_limited(const Function& function, const clang::Stmt* expr);

 private:
  const Pass& pass_;
  const Functions alarms_;
  llvm::DenseMap<std::pair<const Function*, const clang::Stmt*>, bool> known_;
};

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
