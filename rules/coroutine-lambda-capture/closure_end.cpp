// Follows the closure from the lambda expression to where it is called, and from there the coroutine that the
// call returns. Only what is known to let the coroutine go on counts: a callee that nobody knows may keep the
// closure, or wait.

#include "closure_end.h"

#include "coroutines/value_use.h"
#include "rule/task_fate.h"
#include "unit/names.h"

namespace corolint::capturing {

namespace {

// Does the expression around it hand on the value as it is?
bool is_wrapping(const clang::Stmt* stmt) {
  return llvm::isa_and_nonnull<clang::ParenExpr, clang::ImplicitCastExpr, clang::MaterializeTemporaryExpr,
                               clang::CXXBindTemporaryExpr, clang::ExprWithCleanups, clang::ConstantExpr>(
      stmt);
}

const clang::Stmt* unwrapped_parent(const Function& function, const clang::Stmt* stmt) {
  const clang::Stmt* outer = function.parent(stmt);
  while (is_wrapping(outer)) outer = function.parent(outer);
  return outer;
}

// Returns the call of the closure that `closure` names or makes, or null.
const clang::CXXOperatorCallExpr* call_of(const Function& function, const clang::Expr* closure) {
  const auto* call = llvm::dyn_cast_or_null<clang::CXXOperatorCallExpr>(unwrapped_parent(function, closure));
  const bool is_called =
      call && call->getOperator() == clang::OO_Call && bare(call->getArg(0)) == bare(closure);
  return is_called ? call : nullptr;
}

// Returns how the closure of the kind ends, given that `call` has called it. A closure in a variable lives
// until the function ends: only a returned coroutine, and one that is started by a coroutine which never
// waits again, outlive it for sure.
End end_after_call(const Pass& pass, const Function& function, const Coroutine& coroutine,
                   const clang::Expr* call, const clang::VarDecl* variable) {
  const TaskFate fate = fate_of(pass, function, call, coroutine.is_lazy);
  if (fate.kind == TaskFate::unknown) return {};
  if (!variable) return {End::temporary, fate.at, ""};
  if (fate.kind == TaskFate::returned) return {End::local, fate.at, ""};
  const bool is_outlived = fate.kind == TaskFate::started && outlives(function, *variable, fate.at);
  return is_outlived ? End{End::local, fate.at, ""} : End{};
}

// Returns the argument without a std::move around it.
const clang::Expr* moved(const clang::Expr* argument) {
  const auto call = as_call(bare(argument));
  const bool is_move = call && call->callee->isInStdNamespace() && call->arguments.size() == 1;
  return bare(is_move ? call->arguments.front() : argument);
}

// Does `call` take the closure and destroy it as soon as it has called it?
bool is_one_shot(const Pass& pass, const Call& call, const clang::Expr* closure) {
  for (const Role role : {Role::callback, Role::spawn}) {
    const Entry* entry = pass.find(role, call);
    const clang::Expr* work =
        entry && entry->is_one_shot && entry->work ? argument_at(call, *entry->work) : nullptr;
    if (work && moved(work) == bare(closure)) return true;
  }
  return false;
}

End end_as_argument(const Pass& pass, const Function& function, const clang::Expr* closure) {
  for (const clang::Stmt* outer = function.parent(closure); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer))
    if (const auto call = as_call(outer); call && is_one_shot(pass, *call, closure))
      return {End::one_shot, call->expr, qualified_name(*call->callee)};
  return {};
}

}  // namespace

End end_of(const Pass& pass, const Function& function, const Coroutine& coroutine) {
  if (const auto* call = call_of(function, coroutine.lambda))
    return end_after_call(pass, function, coroutine, call, nullptr);
  const clang::VarDecl* variable = initialised_variable(function, coroutine.lambda);
  if (!variable) return end_as_argument(pass, function, coroutine.lambda);
  if (!variable->isLocalVarDecl() || variable->isStaticLocal()) return {};
  for (const auto* name : function.all<clang::DeclRefExpr>()) {
    if (name->getDecl() != variable) continue;
    const auto* call = call_of(function, name);
    const End end = call ? end_after_call(pass, function, coroutine, call, variable)
                         : end_as_argument(pass, function, name);
    if (end.kind != End::none) return end;
  }
  return {};
}

}  // namespace corolint::capturing
