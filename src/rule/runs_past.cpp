#include "rule/runs_past.h"

#include "coroutines/container.h"
#include "coroutines/flow.h"
#include "coroutines/local_scope.h"
#include "coroutines/value_use.h"
#include "llvm/ADT/STLExtras.h"

namespace corolint {

namespace {

bool captures(const clang::LambdaExpr& lambda, const clang::ValueDecl& variable) {
  return llvm::any_of(lambda.captures(), [&](const clang::LambdaCapture& capture) {
    return capture.capturesVariable() && capture.getCapturedVar() == &variable;
  });
}

// Returns where the function does more with what keeps tasks than to add to it, and may run them.
std::vector<const clang::Stmt*> readers_of(const Function& function, const clang::ValueDecl& keeper) {
  std::vector<const clang::Stmt*> readers;
  for (const auto* name : function.all<clang::DeclRefExpr>())
    if (name->getDecl() == &keeper && container_use(function, name).kind == ContainerUse::other)
      readers.push_back(name);
  for (const auto* lambda : function.all<clang::LambdaExpr>())
    if (captures(*lambda, keeper)) readers.push_back(lambda);
  return readers;
}

// Is the name all that the function returns there, moved or not?
bool is_returned(const Function& function, const clang::Stmt* name) {
  const auto* leave = function.around<clang::ReturnStmt>(name);
  const auto* co_leave = function.around<clang::CoreturnStmt>(name);
  const clang::Expr* value = leave ? leave->getRetValue() : co_leave ? co_leave->getOperand() : nullptr;
  if (!value) return false;
  const clang::Expr* made = made_from(value);
  const auto call = as_call(made);
  const bool is_moved =
      call && !call->receiver && call->callee->isInStdNamespace() && call->arguments.size() == 1;
  return (is_moved ? bare(call->arguments.front()) : made) == name;
}

// A local of the function itself, so that nobody else has it.
bool is_own(const clang::ValueDecl& keeper) {
  const auto* variable = llvm::dyn_cast<clang::VarDecl>(&keeper);
  return variable && variable->hasLocalStorage() && !variable->getType()->isReferenceType();
}

}  // namespace

bool runs_past(const Pass& pass, const Function& function, const TaskFate& fate, const clang::VarDecl& local,
               bool is_lazy) {
  if (fate.kind == TaskFate::started) return outlives(pass, function, local, fate.at);
  const Flow* flow = fate.container ? function.flow() : nullptr;
  if (!flow) return false;
  const LocalScope scope(function, local);
  bool is_used_later = false;
  for (const clang::Stmt* reader : readers_of(function, *fate.container)) {
    if (!flow->may_follow(fate.at, reader)) continue;
    if (!scope.holds(reader) || is_returned(function, reader))
      is_used_later = true;
    else if (flow->may_follow(fate.at, reader, scope.begins_anew(fate.at)))
      return false;
  }
  return is_own(*fate.container) && is_lazy ? is_used_later : outlives(pass, function, local, fate.at);
}

}  // namespace corolint
