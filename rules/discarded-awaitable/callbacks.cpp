#include "clang/AST/DeclTemplate.h"
#include "coroutines/callable.h"
#include "coroutines/value_use.h"
#include "dropped.h"
#include "models/annotations.h"
#include "rule/handlers.h"
#include "unit/names.h"

namespace corolint::discarded {

namespace {

// Returns the T that the call makes in place: `std::make_unique<T>(…)`, `all.emplace_back(…)` of a container
// of T. Null without one.
clang::QualType made_in_place(const Call& call) {
  const clang::FunctionDecl* callee = call.function();
  const clang::IdentifierInfo* name = callee ? callee->getIdentifier() : nullptr;
  const auto* owner =
      call.receiver
          ? llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(class_of(call.receiver->getType()))
          : nullptr;
  if (!name || !(owner ? owner->isInStdNamespace() : callee->isInStdNamespace())) return {};
  const auto* arguments = owner ? &owner->getTemplateArgs() : callee->getTemplateSpecializationArgs();
  const bool makes = name->getName().starts_with("make_") || name->getName().starts_with("emplace");
  const bool is_type = makes && arguments && arguments->size() > 0 &&
                       (*arguments)[0].getKind() == clang::TemplateArgument::Type;
  return is_type ? (*arguments)[0].getAsType() : clang::QualType();
}

// Does `call` turn its argument into a callback that returns nothing?
bool makes_callback(const Call& call) {
  if (call.is_construction()) return calls_for_nothing(call.expr->getType());
  if (const clang::QualType made = made_in_place(call); !made.isNull()) return calls_for_nothing(made);
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

// Does the call only hand on a callable, or tie arguments to it: std::move, std::bind and its kin?
bool hands_on(const Call& call) {
  const std::string name = qualified_name(*call.callee);
  return name == "std::move" || name.ends_with("::bind") || name.ends_with("::bind_front") ||
         name.ends_with("::bind_back");
}

// Returns the lambda that the local variable was made from, or null.
const clang::LambdaExpr* lambda_in(const clang::VarDecl& variable) {
  return variable.isLocalVarDecl() && variable.getInit()
             ? llvm::dyn_cast<clang::LambdaExpr>(initial_value(variable))
             : nullptr;
}

// A callable as it stands in an expression: a lambda, a function's name, the name of a local lambda.
struct Callable {
  const clang::FunctionDecl* function = nullptr;
  clang::SourceRange at;
  std::string name;
};

Callable as_callable(const clang::Expr* expr) {
  if (const auto* lambda = llvm::dyn_cast<clang::LambdaExpr>(expr))
    return {lambda->getCallOperator(), lambda->getIntroducerRange(), "this lambda"};
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(expr);
  if (!name) return {};
  if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(name->getDecl()))
    return {function, expr->getSourceRange(), "'" + qualified_name(*function) + "'"};
  const auto* variable = llvm::dyn_cast<clang::VarDecl>(name->getDecl());
  const auto* lambda = variable ? lambda_in(*variable) : nullptr;
  if (!lambda) return {};
  return {lambda->getCallOperator(), expr->getSourceRange(), "'" + variable->getNameAsString() + "'"};
}

bool is_run_carelessly(const Pass& pass, const Function& function, const clang::Expr* callable) {
  for (const clang::Stmt* outer = function.parent(callable); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer)) {
    if (llvm::isa<clang::LambdaExpr>(outer))
      return false;  // captured: what becomes of it is that lambda's business
    const auto call = as_call(outer);
    if (call && (call->is_construction() || object_of(*call) != callable))
      if (is_careless(pass, function, *call, callable)) return true;
    if (call && !call->is_construction() && !hands_on(*call)) return false;
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
    const auto [callee, at, name] = as_callable(expr);
    const auto awaitable = callee ? pass.awaitable(callee->getReturnType()) : std::nullopt;
    if (!awaitable || !must_not_be_lost(*awaitable) || is_let_go(*callee) ||
        !is_run_carelessly(pass, function, expr))
      continue;
    pass.report(function, at, awaitable->never_runs() ? callback : callback_eager, {name, awaitable->word})
        .label(what_happens(*awaitable))
        .note(awaitable->evidence, what_evidence_shows(*awaitable))
        .help("start the coroutine inside a plain lambda, with what runs it (a scope, a spawn function)");
  }
}

}  // namespace corolint::discarded
