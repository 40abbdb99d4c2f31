#include "over_at_once.h"

#include <algorithm>

#include "coroutines/suspends.h"
#include "coroutines/value_use.h"

namespace corolint::fan_out {

namespace {

// May the call leave something that runs on? Of one in a generic lambda it is often not known what it
// returns: in a coroutine, where one would await it, that counts as nothing.
bool may_run_on(const Pass& pass, const Function& function, const clang::CallExpr& call) {
  const auto known = as_call(&call);
  if (known && pass.find(Role::detach_ok, *known)) return false;
  if (known && pass.find(Role::spawn, *known)) return true;
  const clang::QualType value = value_type(&call);
  if (value.isNull() || value->isDependentType()) return !function.is_coroutine();
  return pass.awaitable(value).has_value();
}

}  // namespace

bool is_over_at_once(const Pass& pass, const clang::FunctionDecl& callable) {
  if (!callable.hasBody()) return false;
  const Function function(callable);
  const auto calls = function.all<clang::CallExpr>();
  return std::none_of(function.suspensions().begin(), function.suspensions().end(), may_suspend) &&
         std::none_of(calls.begin(), calls.end(),
                      [&](const clang::CallExpr* call) { return may_run_on(pass, function, *call); });
}

}  // namespace corolint::fan_out
