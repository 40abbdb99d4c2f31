#include "rule/may_wait.h"

#include "coroutines/loop.h"
#include "llvm/ADT/STLExtras.h"
#include "unit/names.h"
#include "unit/standard_library.h"

namespace corolint {

bool polls(const Function& function, const Call& call) {
  if (!call.receiver || !llvm::is_contained(class_names(bare(call.receiver)->getType()), "std::atomic"))
    return false;
  for (const clang::Stmt* loop = function.parent(call.expr); loop; loop = function.parent(loop))
    if (const clang::Expr* condition = loop_condition(*loop)) return function.is_inside(call.expr, condition);
  return false;
}

bool may_wait(const Pass& pass, const Function& function, const Call& call) {
  const bool is_known = call.is_construction() || is_of_standard_library(*call.callee);
  return !is_known || pass.find(Role::block, call) || pass.find(Role::sync_wait, call) ||
         polls(function, call);
}

}  // namespace corolint
