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

// Does the call only tie arguments to a callable: std::bind and its kin?
bool ties_arguments(const Call& call) {
  const std::string name = qualified_name(*call.callee);
  return name.ends_with("::bind") || name.ends_with("::bind_front") || name.ends_with("::bind_back");
}

bool is_run_carelessly(const Pass& pass, const Function& function, const clang::Expr* callable) {
  for (const clang::Stmt* outer = function.parent(callable); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer)) {
    const auto call = as_call(outer);
    if (call && (call->is_construction() || object_of(*call) != callable))
      if (is_careless(pass, function, *call, callable)) return true;
    if (call && !call->is_construction() && !ties_arguments(*call)) return false;
  }
  return false;
}

// Is it a mistake to lose the awaitable: its work never runs, or it is one that its library wants to be
// awaited?
bool must_not_be_lost(const Awaitable& awaitable) {
  return awaitable.never_runs() || (awaitable.start == Start::eager && awaitable.discard == Discard::error &&
                                    awaitable.is_coroutine_type);
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
    if (!awaitable || !must_not_be_lost(*awaitable) || is_let_go(*callee) ||
        !is_run_carelessly(pass, function, expr))
      continue;
    const auto* lambda = llvm::dyn_cast<clang::LambdaExpr>(expr);
    pass.report(function, lambda ? lambda->getIntroducerRange() : expr->getSourceRange(),
                awaitable->never_runs() ? callback : callback_eager,
                {lambda ? "this lambda" : "'" + qualified_name(*callee) + "'", awaitable->word})
        .label(what_happens(*awaitable))
        .note(awaitable->evidence, what_evidence_shows(*awaitable))
        .help("start the coroutine inside a plain lambda, with what runs it (a scope, a spawn function)");
  }
}

}  // namespace corolint::discarded
