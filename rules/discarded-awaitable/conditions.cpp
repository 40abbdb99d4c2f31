#include "coroutines/promise.h"
#include "dropped.h"
#include "llvm/ADT/STLExtras.h"
#include "unit/names.h"

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

bool converts_to_bool(clang::QualType type) {
  if (type->isScalarType()) return true;
  const clang::CXXRecordDecl* record = class_of(type);
  if (!record || !record->hasDefinition()) return false;
  const auto conversions = const_cast<clang::CXXRecordDecl*>(record)->getVisibleConversionFunctions();
  return llvm::any_of(conversions, [](const clang::NamedDecl* one) {
    const auto* conversion = llvm::dyn_cast<clang::CXXConversionDecl>(one->getUnderlyingDecl());
    return conversion && conversion->getConversionType()->isScalarType();
  });
}

// May the test be meant for the result? Of an awaiter with a result that nobody can test, it asks whether
// there is one.
bool may_mean_result(const clang::Expr* tested) {
  const clang::CXXRecordDecl* record = class_of(tested->getType());
  const auto* resume = record ? llvm::dyn_cast_or_null<clang::FunctionDecl>(
                                    find_member(*record, &record->getASTContext().Idents.get("await_resume")))
                              : nullptr;
  return !resume || converts_to_bool(resume->getReturnType().getNonReferenceType());
}

}  // namespace

// An awaitable that a call has just made is never empty: whoever tests it means its result.
void check_conditions(Pass& pass, const Function& function) {
  for (const auto* expr : function.all<clang::CXXMemberCallExpr>()) {
    const clang::Expr* tested = tested_call(expr);
    const auto awaitable = tested && may_mean_result(tested) ? must_await(pass, tested) : std::nullopt;
    if (!awaitable) continue;
    pass.report(function, tested, condition, {awaitable->word, callee_name(pass, tested)})
        .label("always true, whatever the result will be; " + what_happens(*awaitable))
        .note(awaitable->evidence, what_evidence_shows(*awaitable))
        .help(remedy(function, *awaitable));
  }
}

}  // namespace corolint::discarded
