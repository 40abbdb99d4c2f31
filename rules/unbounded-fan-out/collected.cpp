#include "collected.h"

#include "coroutines/container.h"
#include "coroutines/flow.h"
#include "coroutines/value_use.h"
#include "unbounded_loop.h"

namespace corolint::fan_out {

namespace {

// Returns the await that starts all that `container` holds: co_await of a call that takes it whole.
const Suspension* await_of_all(const Pass& pass, const Function& function, const clang::ValueDecl* container,
                               const clang::Expr* added) {
  for (const Suspension& suspension : function.suspensions()) {
    const auto call = as_call(bare(suspension.operand));
    const Entry* combinator = call ? pass.find(Role::combine, *call) : nullptr;
    const bool is_bounded = combinator && combinator->bounded;
    if (call && !is_bounded && mentions(function, suspension.operand, container) &&
        function.flow()->may_follow(added, suspension.expr))
      return &suspension;
  }
  return nullptr;
}

}  // namespace

void check_collected(Pass& pass, const Function& function) {
  for (const Call& call : function.calls()) {
    const auto awaitable = call.is_construction() ? std::nullopt : pass.awaitable(call.expr->getType());
    if (!awaitable || !awaitable->never_runs() || !awaitable->is_coroutine_type) continue;
    const clang::ValueDecl* container = container_added_to(function, call.expr);
    const clang::Stmt* loop = container ? unbounded_loop(pass, function, call.expr) : nullptr;
    const Suspension* all = loop ? await_of_all(pass, function, container, call.expr) : nullptr;
    if (!all || function.is_inside(all->expr, loop)) continue;
    pass.report(function, all->expr, await_all, {container->getNameAsString()})
        .label("memory, sockets and load on the peer grow with the data")
        .note(call.expr, "collected here, once for each element")
        .help("await them in groups of a fixed size, or let each wait for a permit (a semaphore) first");
  }
}

}  // namespace corolint::fan_out
