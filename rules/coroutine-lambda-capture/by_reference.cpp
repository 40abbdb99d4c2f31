#include "by_reference.h"

#include "coroutines/value_use.h"
#include "rule/late_use.h"
#include "rule/runs_past.h"

namespace corolint::capturing {

namespace {

bool is_own(const Function& function, const clang::VarDecl& variable) {
  return variable.hasLocalStorage() && !variable.getType()->isReferenceType() &&
         variable.getParentFunctionOrMethod() == &function.declaration();
}

// Returns the only thing that a plain lambda does: the call that it returns.
std::optional<Call> only_call(const clang::LambdaExpr& lambda) {
  const auto* body = llvm::dyn_cast_or_null<clang::CompoundStmt>(lambda.getBody());
  const auto* leave =
      body && body->size() == 1 ? llvm::dyn_cast<clang::ReturnStmt>(body->body_front()) : nullptr;
  return leave && leave->getRetValue() ? as_call(made_from(leave->getRetValue())) : std::nullopt;
}

// Returns where the coroutine that a plain lambda calls and returns uses the variable late, or null.
const clang::Stmt* lent_on(const Pass& pass, const clang::LambdaExpr& lambda,
                           const clang::VarDecl& variable) {
  const auto call = only_call(lambda);
  const clang::FunctionDecl* callee = call ? call->function() : nullptr;
  for (unsigned i = 0; callee && i < call->arguments.size() && i < callee->getNumParams(); ++i) {
    const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(made_from(call->arguments[i]));
    const clang::ParmVarDecl* parameter = callee->getParamDecl(i);
    if (!name || name->getDecl() != &variable || !parameter->getType()->isReferenceType()) continue;
    if (const LateUse use = late_use(pass, *callee, parameter); use.kind == LateUse::yes) return use.at;
  }
  return nullptr;
}

}  // namespace

std::optional<Borrowed> borrowed_by(const Pass& pass, const Function& function,
                                    const clang::LambdaExpr& lambda) {
  std::optional<TaskFate> fate;
  for (const clang::LambdaCapture& capture : lambda.captures()) {
    const auto* local = capture.getCaptureKind() == clang::LCK_ByRef && capture.capturesVariable()
                            ? llvm::dyn_cast<clang::VarDecl>(capture.getCapturedVar())
                            : nullptr;
    if (!local || !is_own(function, *local)) continue;
    const clang::Stmt* use = late_use_of(pass, lambda, *local);
    if (!use) use = lent_on(pass, lambda, *local);
    if (!use) continue;
    if (!fate) fate = last_fate_of(pass, function, &lambda, true);
    if (runs_past(pass, function, *fate, *local, true)) return Borrowed{local, use, fate->at};
  }
  return std::nullopt;
}

}  // namespace corolint::capturing
