#include "rule/elsewhere.h"

#include <algorithm>

#include "coroutines/flow.h"
#include "coroutines/value_use.h"

namespace corolint {

namespace {

struct Hop {
  const clang::Expr* expr;
  bool allows;
};

std::vector<Hop> hops_in(const Pass& pass, const Function& function, Role role) {
  std::vector<Hop> hops;
  const auto add = [&](const clang::Expr* expr, const Entry& entry) {
    hops.push_back({expr, role == Role::sync_wait ? entry.allows_sync_wait : entry.allows_blocking});
  };
  for (const Call& call : function.calls())
    if (const Entry* entry = pass.find(Role::hop, call); entry && is_awaited(function, call.expr))
      add(call.expr, *entry);
  // An object that is awaited to come back to where it was made.
  for (const auto* await : function.all<clang::CoawaitExpr>())
    if (const Entry* entry = pass.models().find(Role::hop, await->getOperand()->getType()))
      add(await, *entry);
  return hops;
}

}  // namespace

bool runs_where_allowed(const Pass& pass, const Function& function, const clang::Stmt* at, Role role) {
  if (!function.is_coroutine() || !function.flow()) return false;
  const Flow& flow = *function.flow();
  const std::vector<Hop> hops = hops_in(pass, function, role);
  const auto leads_back = [&](const Hop& from) {
    return std::any_of(hops.begin(), hops.end(), [&](const Hop& other) {
      return !other.allows && flow.may_follow(from.expr, other.expr) && flow.may_follow(other.expr, at);
    });
  };
  return std::any_of(hops.begin(), hops.end(), [&](const Hop& hop) {
    return hop.allows && flow.always_before(hop.expr, at) && !leads_back(hop);
  });
}

}  // namespace corolint
