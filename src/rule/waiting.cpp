#include "rule/waiting.h"

#include <algorithm>

#include "coroutines/value_use.h"

namespace corolint {

bool is_waited_for(const Pass& pass, const Function& function, const clang::Expr* expr) {
  if (is_awaited(function, expr)) return true;
  for (const clang::Stmt* outer = function.parent(expr); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer))
    if (const auto call = as_call(outer);
        call && (pass.find(Role::sync_wait, *call) || pass.find(Role::block, *call)))
      return true;
  return false;
}

bool waits_for(const Pass& pass, const Function& function, std::string_view subject,
               const clang::Stmt* inside) {
  return std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& call) {
    const Entry* entry = pass.find(Role::io_wait, call);
    return entry && entry->subject == subject && (!inside || function.is_inside(call.expr, inside));
  });
}

}  // namespace corolint
