#include "coroutines/value_use.h"
#include "rule/pass.h"
#include "unit/names.h"

namespace corolint {

namespace {

constexpr Message dropped_lazy{"dropped-lazy", "the '{0}' returned by '{1}' is dropped, so '{1}' never runs"};
constexpr Message dropped{"dropped",
                          "the '{0}' returned by '{1}' is dropped: nobody waits for it or sees its error"};
constexpr Message unused_lazy{"unused-lazy",
                              "'{2}' holds the '{0}' of '{1}' and nothing awaits it, so '{1}' never runs"};
constexpr Message unused{"unused", "'{2}' holds the '{0}' of '{1}' and nothing awaits it or sees its error"};
constexpr Message callback{
    "callback", "{0} returns a '{1}' that its caller throws away, so what it should do never happens"};

std::string short_name(const std::string& name) {
  return name.substr(name.rfind(':') + 1);
}

std::string what_happens(const Awaitable& awaitable) {
  const std::string type = "'" + short_name(awaitable.name) + "' ";
  if (awaitable.never_runs()) return type + "is lazy: nothing starts until it is awaited";
  if (awaitable.drop == Drop::cancel) return type + "is cancelled when it is dropped";
  if (awaitable.drop == Drop::terminate) return type + "ends the program when it is dropped before its end";
  if (awaitable.drop == Drop::block) return type + "blocks the thread here until it is done";
  return type + "goes on by itself: its end and its error are lost";
}

std::string remedy(const Function& function) {
  if (function.is_coroutine()) return "write 'co_await' before it";
  return "make this function a coroutine and await it, or hand it to what runs it (a scope, a spawn "
         "function)";
}

std::string callee_name(const clang::Expr* expr) {
  if (const auto* choice = llvm::dyn_cast<clang::ConditionalOperator>(expr)) expr = choice->getTrueExpr();
  const auto call = as_call(bare(expr));
  return call ? qualified_name(*call->callee) : "the expression";
}

bool is_tolerated(const Awaitable& awaitable, ValueUse use) {
  if (awaitable.discard == Discard::ok) return true;
  return use == ValueUse::dropped_on_purpose && !awaitable.never_runs();
}

void report_dropped(Pass& pass, const Function& function, const clang::Expr* expr,
                    const Awaitable& awaitable) {
  pass.report(function, expr, awaitable.never_runs() ? dropped_lazy : dropped,
              {short_name(awaitable.name), callee_name(expr)})
      .label(what_happens(awaitable))
      .note(awaitable.evidence,
            awaitable.never_runs() ? "suspends before the body starts" : "starts the body at once")
      .help(remedy(function));
}

// A `?:` whose arms are both awaitable is one mistake, not two: the author awaits the whole.
bool is_arm(const Function& function, const clang::Expr* expr) {
  for (const clang::Stmt* outer = function.parent(expr); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer))
    if (llvm::isa<clang::ConditionalOperator>(outer))
      return llvm::cast<clang::Expr>(outer)->getType()->isRecordType();
  return false;
}

void check_expressions(Pass& pass, const Function& function) {
  for (const auto* expr : function.all<clang::Expr>()) {
    const bool is_candidate =
        llvm::isa<clang::CallExpr, clang::CoawaitExpr, clang::ConditionalOperator>(expr);
    if (!expr->isPRValue() || !is_candidate || is_arm(function, expr)) continue;
    const ValueUse use = value_use(function, expr);
    if (use == ValueUse::used) continue;
    const auto awaitable = pass.awaitable(expr->getType());
    if (awaitable && !is_tolerated(*awaitable, use)) report_dropped(pass, function, expr, *awaitable);
  }
}

// Does the author say that the variable is not meant to be used?
bool is_marked_unused(const clang::VarDecl& variable) {
  return variable.hasAttr<clang::UnusedAttr>() || variable.getName().starts_with("_");
}

// Returns what the variable is made from, through the copies and braces around it.
const clang::Expr* initial_value(const clang::VarDecl& variable) {
  const clang::Expr* made = bare(variable.getInit());
  for (;;) {
    const auto* construction = llvm::dyn_cast<clang::CXXConstructExpr>(made);
    const auto* braces = llvm::dyn_cast<clang::InitListExpr>(made);
    if (construction && construction->getNumArgs() == 1)
      made = bare(construction->getArg(0));
    else if (braces && braces->getNumInits() == 1)
      made = bare(braces->getInit(0));
    else
      return made;
  }
}

void check_local(Pass& pass, const Function& function, const clang::VarDecl& variable) {
  if (!variable.isLocalVarDecl() || variable.isStaticLocal() || variable.isReferenced() ||
      !variable.getInit())
    return;
  const clang::Expr* made = initial_value(variable);
  if (!llvm::isa<clang::CallExpr, clang::CoawaitExpr>(made) || !made->isPRValue()) return;
  const auto awaitable = pass.awaitable(variable.getType().getNonReferenceType());
  const auto use = is_marked_unused(variable) ? ValueUse::dropped_on_purpose : ValueUse::dropped;
  if (!awaitable || is_tolerated(*awaitable, use)) return;
  pass.report(function, &variable, awaitable->never_runs() ? unused_lazy : unused,
              {short_name(awaitable->name), callee_name(made), variable.getNameAsString()})
      .label(what_happens(*awaitable))
      .note(awaitable->evidence,
            awaitable->never_runs() ? "suspends before the body starts" : "starts the body at once")
      .help(function.is_coroutine()
                ? "write 'co_await' before the call, or await '" + variable.getNameAsString() + "' later"
                : remedy(function));
}

void check_locals(Pass& pass, const Function& function) {
  for (const auto* statement : function.all<clang::DeclStmt>())
    for (const clang::Decl* declaration : statement->decls())
      if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration))
        check_local(pass, function, *variable);
}

// Is `type` a wrapper of callables that return nothing: std::function<void(…)> and its kin?
bool calls_for_nothing(clang::QualType type) {
  const auto* wrapper = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(class_of(type));
  if (!wrapper || !wrapper->getName().ends_with("function") || wrapper->getTemplateArgs().size() == 0)
    return false;
  const clang::TemplateArgument& signature = wrapper->getTemplateArgs()[0];
  if (signature.getKind() != clang::TemplateArgument::Type) return false;
  const auto* function = signature.getAsType()->getAs<clang::FunctionType>();
  return function && function->getReturnType()->isVoidType();
}

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
    const bool is_work =
        entry && (!entry->work || function.is_inside(callable, argument_at(call, *entry->work)));
    if (is_work && entry->drops_result) return true;
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

// Returns the function that `expr` is a callable for: a lambda, or the name of a function.
const clang::FunctionDecl* callable_function(const clang::Expr* expr) {
  if (const auto* lambda = llvm::dyn_cast<clang::LambdaExpr>(expr)) return lambda->getCallOperator();
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(expr);
  return name ? llvm::dyn_cast<clang::FunctionDecl>(name->getDecl()) : nullptr;
}

void check_callbacks(Pass& pass, const Function& function) {
  for (const auto* expr : function.all<clang::Expr>()) {
    const clang::FunctionDecl* callee = callable_function(expr);
    const auto awaitable = callee ? pass.awaitable(callee->getReturnType()) : std::nullopt;
    if (!awaitable || !awaitable->never_runs() || !is_run_carelessly(pass, function, expr)) continue;
    const auto* lambda = llvm::dyn_cast<clang::LambdaExpr>(expr);
    pass.report(function, lambda ? lambda->getIntroducerRange() : expr->getSourceRange(), callback,
                {lambda ? "this lambda" : "'" + qualified_name(*callee) + "'", short_name(awaitable->name)})
        .label(what_happens(*awaitable))
        .note(awaitable->evidence, "suspends before the body starts")
        .help("start the coroutine inside a plain lambda, with what runs it (a scope, a spawn function)");
  }
}

void check(Pass& pass) {
  for (const Function& function : pass.functions()) {
    check_expressions(pass, function);
    check_locals(pass, function);
    check_callbacks(pass, function);
  }
}

}  // namespace

Rule discarded_awaitable() {
  return {.check = check,
          .messages = {dropped_lazy, dropped, unused_lazy, unused, callback},
          .level = Level::error,
          .cwe = 252};
}

}  // namespace corolint
