#include <algorithm>

#include "coroutines/value_use.h"
#include "returns.h"
#include "rule/handlers.h"
#include "rule/late_use.h"

namespace corolint::unawaited {

namespace {

void report_local(Pass& pass, const Function& function, const Call& call, const clang::VarDecl& local,
                  const clang::Stmt* use) {
  auto finding =
      pass.report(function, call.expr, uses_local, {called_name(call.expr), local.getNameAsString()});
  finding.label("the rest of it runs after this function has returned")
      .note(&local, "ends when this function returns")
      .help(
          "make this function a coroutine and write 'co_return co_await', or let the work own what it uses");
  if (use) finding.note(use, "used here, later");
}

// Reports the first argument that the call only borrows from this function and uses later.
bool check_arguments(Pass& pass, const Function& function, const Ending& ending, const Call& call,
                     const clang::Expr* returned) {
  const clang::FunctionDecl& callee = *call.function();
  for (unsigned i = 0; i < call.arguments.size() && i < callee.getNumParams(); ++i) {
    const clang::ParmVarDecl* parameter = callee.getParamDecl(i);
    const clang::VarDecl* local = lent_object(ending, call.arguments[i], parameter->getType());
    if (!local && parameter->getType()->isReferenceType())
      local = owner_of(ending, call.arguments[i], returned);
    const LateUse use = local ? late_use(pass, callee, parameter) : LateUse();
    if (use.kind != LateUse::yes && !(local && library_keeps(pass, call, i))) continue;
    report_local(pass, function, call, *local, use.at);
    return true;
  }
  return false;
}

// Does the call wait for the work of a scope, which must not end before that?
bool joins(const Pass& pass, const Call& call, const clang::VarDecl& scope) {
  const Entry* entry = pass.models().find(Role::scope, scope.getType());
  const clang::IdentifierInfo* name = entry ? call.callee->getIdentifier() : nullptr;
  return name && std::ranges::find(entry->join, name->getName().str()) != entry->join.end();
}

void check_call(Pass& pass, const Function& function, const Ending& ending, const Call& call,
                const clang::Expr* returned) {
  const clang::FunctionDecl* callee = call.function();
  if (!callee || !pass.awaitable(call.expr->getType())) return;
  if (check_arguments(pass, function, ending, call, returned) || !call.receiver) return;
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(bare(call.receiver));
  const auto* named = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
  const bool is_own = ending.contains(named) && !named->getType()->isPointerType();
  const auto* object = is_own ? named : owner_of(ending, call.receiver, returned);
  const LateUse use = object ? late_use(pass, *callee, nullptr) : LateUse();
  if (use.kind == LateUse::yes || (object && joins(pass, call, *object)))
    report_local(pass, function, call, *object, use.at);
}

// Returns the local that the lambda captures by reference, or null.
const clang::VarDecl* captured_local(const Ending& ending, const clang::LambdaExpr& lambda) {
  for (const clang::LambdaCapture& capture : lambda.captures())
    if (capture.getCaptureKind() == clang::LCK_ByRef && capture.capturesVariable())
      if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(capture.getCapturedVar());
          ending.contains(variable))
        return variable;
  return nullptr;
}

}  // namespace

void check_locals(Pass& pass, const Function& function, const Ending& ending, const clang::Expr* returned) {
  for (const Call& call : function.calls())
    if (function.is_inside(call.expr, returned)) check_call(pass, function, ending, call, returned);
  for (const auto* lambda : function.all<clang::LambdaExpr>()) {
    const clang::VarDecl* local =
        function.is_inside(lambda, returned) ? captured_local(ending, *lambda) : nullptr;
    const auto call = local ? continuation_of(pass, function, *lambda) : std::nullopt;
    if (!call) continue;
    pass.report(function, lambda->getIntroducerRange(), captures_local, {local->getNameAsString()})
        .label("called when what it continues is done: by then this function has returned")
        .note(local, "ends when this function returns")
        .help("move it into the lambda, keep it with do_with, or make this function a coroutine");
  }
}

}  // namespace corolint::unawaited
