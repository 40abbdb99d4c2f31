#include "collected.h"

#include "coroutines/container.h"
#include "coroutines/flow.h"
#include "coroutines/value_use.h"
#include "limiters.h"
#include "rule/handlers.h"
#include "unbounded_loop.h"
#include "undecided.h"

namespace corolint::fan_out {

namespace {

// Is the work handed to a call that starts it, and not to a container?
bool is_spawned(const Pass& pass, const Function& function, const clang::Expr* work) {
  for (const clang::Stmt* outer = function.parent(work); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer))
    if (const auto call = as_call(outer))
      if (const Entry* spawn = pass.find(Role::spawn, *call); spawn && is_work(function, work, *call, *spawn))
        return true;
  return false;
}

// Returns what starts all that `container` holds: a co_await of a call that takes it whole, or a combinator
// that something else runs.
const clang::Expr* start_of_all(const Pass& pass, const Function& function, const clang::ValueDecl* container,
                                const clang::Expr* added) {
  const auto takes_all = [&](const clang::Expr* expr, const Call& call, bool must_combine) {
    const Entry* combinator = pass.find(Role::combine, call);
    if (combinator ? is_bounded(pass, call, *combinator) : must_combine) return false;
    return mentions(function, expr, container) && function.flow()->may_follow(added, expr);
  };
  for (const Suspension& suspension : function.suspensions())
    if (const auto call = as_call(bare(suspension.operand)); call && takes_all(suspension.expr, *call, false))
      return suspension.expr;
  for (const Call& call : function.calls())
    if (!is_awaited(function, call.expr) && takes_all(call.expr, call, true)) return call.expr;
  return nullptr;
}

}  // namespace

void check_collected(Pass& pass, const Function& function) {
  for (const Call& call : function.calls()) {
    const auto awaitable = call.is_construction() ? std::nullopt : pass.awaitable(call.expr->getType());
    if (!awaitable || !awaitable->never_runs() || !awaitable->is_coroutine_type) continue;
    const clang::ValueDecl* container = container_added_to(function, call.expr);
    if (!container || is_spawned(pass, function, call.expr)) continue;
    const clang::Stmt* loop = unbounded_loop(pass, function, call.expr);
    const clang::Expr* all = loop ? start_of_all(pass, function, container, call.expr) : nullptr;
    if (!all || function.is_inside(all, loop)) continue;
    pass.keep(function, all->getSourceRange(), await_all, {container->getNameAsString()})
        .label("memory, sockets and load on the peer grow with the data")
        .note(call.expr, "collected here, once for each element")
        .help("await them in groups of a fixed size, or let each wait for a permit (a semaphore) first")
        .level(trips_of(function, *loop) == Trips::by_data ? Level::warning : Level::note);
    leave_undecided(pass, function, call.expr);
  }
}

}  // namespace corolint::fan_out
