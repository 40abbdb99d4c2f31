// Follows the closure from the lambda expression to where it is called, and from there the coroutine that the
// call returns. Only what is known to let the coroutine go on counts: a callee that nobody knows may keep the
// closure, or wait.

#include "closure_end.h"

#include "coroutines/value_use.h"
#include "llvm/ADT/STLExtras.h"
#include "rule/moved_argument.h"
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
// until the function ends: only a returned coroutine, and one that is started by a function which never
// waits again, outlive it for sure.
End end_after_call(const Pass& pass, const Function& function, const Coroutine& coroutine,
                   const clang::Expr* call, const clang::VarDecl* variable) {
  const TaskFate fate = fate_of(pass, function, call, coroutine.is_lazy);
  if (fate.kind == TaskFate::unknown) return {};
  if (!variable) return {End::temporary, fate.at, ""};
  if (fate.kind == TaskFate::returned) return {End::local, fate.at, ""};
  const bool is_outlived = fate.kind == TaskFate::started && outlives(pass, function, *variable, fate.at);
  return is_outlived ? End{End::local, fate.at, ""} : End{};
}

bool is_move(const Call& call) {
  return call.callee->isInStdNamespace() && call.callee->getIdentifier() && call.arguments.size() == 1 &&
         (call.callee->getName() == "move" || call.callee->getName() == "forward");
}

// Returns the argument without a std::move around it.
const clang::Expr* moved(const clang::Expr* argument) {
  const auto call = as_call(bare(argument));
  return bare(call && is_move(*call) ? call->arguments.front() : argument);
}

// Is the closure itself the work that `call` is given, by what the entry says?
bool is_given(const Entry* entry, const Call& call, const clang::Expr* closure) {
  const clang::Expr* work = entry && entry->work ? argument_at(call, *entry->work) : nullptr;
  return work && moved(work) == bare(closure);
}

// Does `call` take the closure and destroy it as soon as it has called it?
bool is_one_shot(const Pass& pass, const Call& call, const clang::Expr* closure) {
  for (const Role role : {Role::callback, Role::spawn}) {
    const Entry* entry = pass.find(role, call);
    if (entry && entry->is_one_shot && is_given(entry, call, closure)) return true;
  }
  return false;
}

// Returns the end of the closure that `call` calls before it returns, and does not keep: the coroutine goes
// on by what the call returns, or by itself.
End end_after_call_inside(const Pass& pass, const Function& function, const Coroutine& coroutine,
                          const Call& call, const Entry& entry, const clang::VarDecl* variable) {
  if (pass.awaitable(call.expr->getType()))
    return end_after_call(pass, function, coroutine, call.expr, variable);
  return entry.drops_result && !coroutine.is_lazy && !variable ? End{End::temporary, call.expr, ""} : End{};
}

// Returns the end of a closure that a function of the project calls where its body is seen: it calls it
// before it returns, and hands the coroutine back or lets it go.
End end_after_helper(const Pass& pass, const Function& function, const Coroutine& coroutine, const Call& call,
                     const clang::Expr* argument, const clang::VarDecl* variable) {
  const auto helper = received(pass, call, argument);
  if (!helper) return {};
  for (const auto* inner : helper->body->all<clang::CXXOperatorCallExpr>()) {
    const auto* name = inner->getOperator() == clang::OO_Call
                           ? llvm::dyn_cast<clang::DeclRefExpr>(moved(inner->getArg(0)))
                           : nullptr;
    if (!name || name->getDecl() != helper->parameter) continue;
    const TaskFate fate = fate_of(pass, *helper->body, inner, coroutine.is_lazy);
    if (fate.kind == TaskFate::returned)
      return end_after_call(pass, function, coroutine, call.expr, variable);
    const bool is_stored = fate.container && !fate.container->getDeclContext()->isFunctionOrMethod();
    const bool is_let_go =
        (fate.kind == TaskFate::started || is_stored) && ends_without_waiting(pass, *helper->body, fate.at);
    if (!is_let_go) return {};
    if (!variable) return {End::temporary, call.expr, ""};
    return outlives(pass, function, *variable, call.expr) ? End{End::local, call.expr, ""} : End{};
  }
  return {};
}

End end_as_argument(const Pass& pass, const Function& function, const Coroutine& coroutine,
                    const clang::Expr* closure, const clang::VarDecl* variable) {
  for (const clang::Stmt* outer = function.parent(closure); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer)) {
    const auto call = as_call(outer);
    if (!call || is_move(*call)) continue;
    if (is_one_shot(pass, *call, closure)) return {End::one_shot, call->expr, qualified_name(*call->callee)};
    if (const Entry* entry = pass.find(Role::now, *call); is_given(entry, *call, closure))
      return end_after_call_inside(pass, function, coroutine, *call, *entry, variable);
    for (const clang::Expr* argument : call->arguments)
      if (moved(argument) == bare(closure))
        if (const End end = end_after_helper(pass, function, coroutine, *call, argument, variable);
            end.kind != End::none)
          return end;
  }
  return {};
}

// Does the object that the call gives the closure to end with the function, or with the object that is all
// the closure holds? What the function goes on to do may be all that ever calls it.
bool is_kept_nearby(const Function& function, const Call& call, const Coroutine& coroutine) {
  if (function.declaration().isMain()) return true;
  if (!call.receiver) return false;
  const auto* variable = llvm::dyn_cast_or_null<clang::VarDecl>(root_object(call.receiver));
  if (variable) return variable->isLocalVarDecl() && variable->getType()->isRecordType();
  return coroutine.captured == "this" && coroutine.lambda->capture_size() == 1;
}

// Returns the end of a closure whose coroutine nobody can wait for, and which a call hands to who may keep
// it.
End end_with_another(const Function& function, const Coroutine& coroutine, const clang::Expr* closure) {
  if (!coroutine.is_alone) return {};
  for (const clang::Stmt* outer = function.parent(closure); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer)) {
    const auto call = as_call(outer);
    if (!call || call->is_construction() || is_move(*call)) continue;
    const bool is_argument = llvm::any_of(call->arguments, [&](const clang::Expr* argument) {
      return moved(made_from(argument)) == bare(closure);
    });
    return is_argument && !is_kept_nearby(function, *call, coroutine)
               ? End{End::handed, call->expr, qualified_name(*call->callee)}
               : End{};
  }
  return {};
}

End end_of_handed(const Pass& pass, const Function& function, const Coroutine& coroutine,
                  const clang::Expr* closure, const clang::VarDecl* variable) {
  const End end = end_as_argument(pass, function, coroutine, closure, variable);
  return end.kind != End::none ? end : end_with_another(function, coroutine, closure);
}

}  // namespace

End end_of(const Pass& pass, const Function& function, const Coroutine& coroutine) {
  if (const auto* call = call_of(function, coroutine.lambda))
    return end_after_call(pass, function, coroutine, call, nullptr);
  const clang::VarDecl* variable = initialised_variable(function, coroutine.lambda);
  if (!variable) return end_of_handed(pass, function, coroutine, coroutine.lambda, nullptr);
  if (!variable->isLocalVarDecl() || variable->isStaticLocal()) return {};
  for (const auto* name : function.all<clang::DeclRefExpr>()) {
    if (name->getDecl() != variable) continue;
    const auto* call = call_of(function, name);
    const End end = call ? end_after_call(pass, function, coroutine, call, variable)
                         : end_of_handed(pass, function, coroutine, name, variable);
    if (end.kind != End::none) return end;
  }
  return {};
}

}  // namespace corolint::capturing
