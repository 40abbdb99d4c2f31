#include "unbounded_loop.h"

#include <algorithm>

#include "coroutines/flow.h"
#include "coroutines/value_use.h"
#include "rule/waiting.h"

namespace corolint::fan_out {

namespace {

// Something awaited that limits: by its model, or a wait that yields nothing or a permit. What brings the
// work (a receive, an accept) does not limit it.
bool limits(const Pass& pass, const Function& function, const Suspension& suspension) {
  const auto call = as_call(bare(suspension.operand));
  if (!call || suspension.is_yield) return false;
  if (pass.find(Role::limit, *call)) return true;
  const bool yields_nothing =
      suspension.expr->getType()->isVoidType() || value_use(function, suspension.expr) != ValueUse::used;
  return yields_nothing && !pass.find(Role::io_wait, *call);
}

// Does every round of `loop` pass a limiter, before or after it starts the work?
bool has_limiter(const Pass& pass, const Function& function, const clang::Stmt& loop,
                 const clang::Expr* work) {
  const auto is_passed = [&](const clang::Expr* expr) {
    return function.is_inside(expr, &loop) && !function.is_inside(expr, work) &&
           !function.flow()->may_follow(work, work, expr);
  };
  const auto& suspensions = function.suspensions();
  if (std::any_of(suspensions.begin(), suspensions.end(), [&](const Suspension& suspension) {
        return limits(pass, function, suspension) && is_passed(suspension.expr);
      }))
    return true;
  return std::any_of(function.calls().begin(), function.calls().end(),
                     [&](const Call& call) { return pass.find(Role::limit, call) && is_passed(call.expr); });
}

// A loop over awaitables only wraps work that its caller has collected: the caller answers for how much that
// is.
bool is_over_awaitables(const Pass& pass, const clang::Stmt& loop) {
  const auto* range_loop = llvm::dyn_cast<clang::CXXForRangeStmt>(&loop);
  return range_loop && pass.awaitable(range_loop->getLoopVariable()->getType().getNonReferenceType());
}

}  // namespace

const clang::Stmt* unbounded_loop(const Pass& pass, const Function& function, const clang::Expr* work) {
  if (!function.flow()->may_follow(work, work)) return nullptr;  // the loop is left after the first time
  const clang::Stmt* unbounded = nullptr;
  for (const clang::Stmt* loop : loops_around(function, work)) {
    if (is_guarded_by_count(function, *loop, work) || has_limiter(pass, function, *loop, work))
      return nullptr;
    if (!unbounded && trips_of(function, *loop) != Trips::bounded && !is_over_awaitables(pass, *loop))
      unbounded = loop;
  }
  return unbounded;
}

Trips trips_in(const Pass& pass, const Function& function, const clang::Stmt& loop) {
  const Trips trips = trips_of(function, loop);
  const bool may_accept = trips == Trips::by_data && !llvm::isa<clang::CXXForRangeStmt>(loop);
  return may_accept && waits_for(pass, function, "accept", &loop) ? Trips::endless : trips;
}

}  // namespace corolint::fan_out
