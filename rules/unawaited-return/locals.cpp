#include <algorithm>

#include "coroutines/value_use.h"
#include "returns.h"
#include "rule/handlers.h"
#include "rule/late_use.h"

namespace corolint::unawaited {

namespace {

// Returns the local object that the argument refers to once it is passed to a parameter of the type, or null.
const clang::VarDecl* local_behind(const Function& function, const clang::Expr* argument,
                                   clang::QualType type) {
  if (!is_borrowed(type)) return nullptr;
  const clang::Expr* object = made_from(argument);
  if (const auto* address = llvm::dyn_cast<clang::UnaryOperator>(object);
      address && type->isPointerType() && address->getOpcode() == clang::UO_AddrOf)
    object = bare(address->getSubExpr());
  else if (type->isPointerType())
    return nullptr;
  if (const auto call = as_call(object);
      call && call->callee->isInStdNamespace() && call->arguments.size() == 1)
    object = bare(call->arguments.front());  // std::move
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(object);
  const auto* variable = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
  return variable && dies_with(function, variable) ? variable : nullptr;
}

// May the coroutine go on to use what the function lent it?
bool uses_later(const Pass& pass, const clang::FunctionDecl& callee, const clang::ParmVarDecl* parameter) {
  return late_use(pass, callee, parameter).kind == LateUse::yes;
}

void report_local(Pass& pass, const Function& function, const Call& call, const clang::VarDecl& local,
                  const LateUse& use) {
  pass.report(function, call.expr, uses_local, {called_name(call.expr), local.getNameAsString()})
      .label("the rest of it runs after this function has returned")
      .note(&local, "ends when this function returns")
      .note(use.at, "used here, later")
      .help(
          "make this function a coroutine and write 'co_return co_await', or let the work own what it uses");
}

void check_call(Pass& pass, const Function& function, const Call& call) {
  const clang::FunctionDecl* callee = call.function();
  if (!callee || !pass.awaitable(call.expr->getType())) return;
  for (std::size_t i = 0; i < call.arguments.size() && i < callee->getNumParams(); ++i) {
    const clang::ParmVarDecl* parameter = callee->getParamDecl(static_cast<unsigned>(i));
    const clang::VarDecl* local = local_behind(function, call.arguments[i], parameter->getType());
    if (local && uses_later(pass, *callee, parameter))
      return report_local(pass, function, call, *local, late_use(pass, *callee, parameter));
  }
  const auto* name = call.receiver ? llvm::dyn_cast<clang::DeclRefExpr>(bare(call.receiver)) : nullptr;
  const auto* object = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
  if (object && dies_with(function, object) && !object->getType()->isPointerType() &&
      uses_later(pass, *callee, nullptr))
    report_local(pass, function, call, *object, late_use(pass, *callee, nullptr));
}

// Returns the local that the lambda captures by reference, or null.
const clang::VarDecl* captured_local(const Function& function, const clang::LambdaExpr& lambda) {
  for (const clang::LambdaCapture& capture : lambda.captures())
    if (capture.getCaptureKind() == clang::LCK_ByRef && capture.capturesVariable())
      if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(capture.getCapturedVar());
          variable && dies_with(function, variable))
        return variable;
  return nullptr;
}

// Is the lambda handed over to run later, as the continuation of what is returned?
std::optional<Call> continuation_of(const Pass& pass, const Function& function,
                                    const clang::LambdaExpr& lambda) {
  for (const clang::Stmt* outer = function.parent(&lambda); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer)) {
    const auto call = as_call(outer);
    if (!call || call->is_construction()) continue;
    const Entry* callback = pass.find(Role::callback, *call);
    const bool is_later = callback && callback->is_one_shot && is_work(function, &lambda, *call, *callback);
    return is_later ? call : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

void check_locals(Pass& pass, const Function& function, const clang::Expr* returned) {
  for (const Call& call : function.calls())
    if (function.is_inside(call.expr, returned)) check_call(pass, function, call);
  for (const auto* lambda : function.all<clang::LambdaExpr>()) {
    const clang::VarDecl* local =
        function.is_inside(lambda, returned) ? captured_local(function, *lambda) : nullptr;
    const auto call = local ? continuation_of(pass, function, *lambda) : std::nullopt;
    if (!call) continue;
    pass.report(function, lambda->getIntroducerRange(), captures_local, {local->getNameAsString()})
        .label("called when what it continues is done: by then this function has returned")
        .note(local, "ends when this function returns")
        .help("move it into the lambda, keep it with do_with, or make this function a coroutine");
  }
}

}  // namespace corolint::unawaited
