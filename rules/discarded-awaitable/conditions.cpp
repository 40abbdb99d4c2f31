#include "dropped.h"

namespace corolint::discarded {

namespace {

// Returns the call whose value `expr` converts to bool, by whatever conversion the class has; null without
// one.
const clang::Expr* tested_call(const clang::Expr* expr) {
  const auto* call = llvm::dyn_cast<clang::CXXMemberCallExpr>(expr);
  const auto* conversion =
      call ? llvm::dyn_cast_or_null<clang::CXXConversionDecl>(call->getMethodDecl()) : nullptr;
  if (!conversion || !conversion->getConversionType()->isBooleanType()) return nullptr;
  const clang::Expr* tested = bare(call->getImplicitObjectArgument());
  return llvm::isa<clang::CallExpr>(tested) && tested->isPRValue() ? tested : nullptr;
}

}  // namespace

// An awaitable that a call has just made is never empty: whoever tests it means its result.
void check_conditions(Pass& pass, const Function& function) {
  for (const auto* expr : function.all<clang::CXXMemberCallExpr>()) {
    const clang::Expr* tested = tested_call(expr);
    const auto awaitable = tested ? must_await(pass, tested) : std::nullopt;
    if (!awaitable) continue;
    pass.report(function, tested, condition, {awaitable->word, callee_name(tested)})
        .label("always true, whatever the result will be; " + what_happens(*awaitable))
        .note(awaitable->evidence, what_evidence_shows(*awaitable))
        .help(remedy(function));
  }
}

}  // namespace corolint::discarded
