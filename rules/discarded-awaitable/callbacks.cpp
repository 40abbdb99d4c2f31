#include "coroutines/callable.h"
#include "dropped.h"
#include "models/annotations.h"
#include "rule/handlers.h"
#include "unit/names.h"

namespace corolint::discarded {

namespace {

// Does `call` turn its argument into a callback that returns nothing?
bool makes_callback(const Call& call) {
  if (call.is_construction()) return calls_for_nothing(call.expr->getType());
  const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(call.expr);
  return operation && operation->getOperator() == clang::OO_Equal &&
         calls_for_nothing(operation->getArg(0)->getType());
}

// Is `callable`, as an argument of `call`, run by something that throws its result away?
bool is_careless(const Pass& pass, const Function& function, const Call& call, const clang::Expr* callable) {
  if (makes_callback(call)) return true;
  for (const Role role : {Role::now, Role::callback, Role::offload}) {
    const Entry* entry = pass.find(role, call);
    if (entry && entry->drops_result && (!entry->work || is_work(function, callable, call, *entry)))
      return true;
  }
  return false;
}

bool is_run_carelessly(const Pass& pass, const Function& function, const clang::Expr* callable) {
  for (const clang::Stmt* outer = function.parent(callable); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer)) {
    const auto call = as_call(outer);
    if (call && (call->is_construction() || object_of(*call) != callable))
      if (is_careless(pass, function, *call, callable)) return true;
    if (call && !call->is_construction()) return false;
  }
  return false;
}

// Does an attribute of the function say that what it returns may be dropped?
bool is_let_go(const clang::FunctionDecl& callee) {
  return annotated(Role::detach_ok, callee) != nullptr;
}

}  // namespace

void check_callbacks(Pass& pass, const Function& function) {
  for (const auto* expr : function.all<clang::Expr>()) {
    const clang::FunctionDecl* callee = callable_function(expr);
    const auto awaitable = callee ? pass.awaitable(callee->getReturnType()) : std::nullopt;
    if (!awaitable || !awaitable->never_runs() || is_let_go(*callee) ||
        !is_run_carelessly(pass, function, expr))
      continue;
    const auto* lambda = llvm::dyn_cast<clang::LambdaExpr>(expr);
    pass.report(function, lambda ? lambda->getIntroducerRange() : expr->getSourceRange(), callback,
                {lambda ? "this lambda" : "'" + qualified_name(*callee) + "'", awaitable->word})
        .label(what_happens(*awaitable))
        .note(awaitable->evidence, "suspends before the body starts")
        .help("start the coroutine inside a plain lambda, with what runs it (a scope, a spawn function)");
  }
}

}  // namespace corolint::discarded
