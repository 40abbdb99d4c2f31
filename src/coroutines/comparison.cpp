#include "coroutines/comparison.h"

#include "clang/AST/ExprCXX.h"
#include "unit/call.h"

namespace corolint {

std::optional<Comparison> as_comparison(const clang::Expr& expr) {
  const clang::Expr* written = expr.IgnoreParenImpCasts();
  if (const auto* rewritten = llvm::dyn_cast<clang::CXXRewrittenBinaryOperator>(written)) {
    const auto form = rewritten->getDecomposedForm();
    return Comparison{form.Opcode, form.LHS, form.RHS};
  }
  if (const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(written)) {
    if (!operation->isComparisonOp()) return std::nullopt;
    return Comparison{clang::BinaryOperator::getOverloadedOpcode(operation->getOperator()),
                      operation->getArg(0), operation->getArg(1)};
  }
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(written))
    if (binary->isComparisonOp()) return Comparison{binary->getOpcode(), binary->getLHS(), binary->getRHS()};
  return std::nullopt;
}

bool is_code(const clang::Expr* expr) {
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(bare(expr));
  if (!reference) return false;
  const auto* variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
  return llvm::isa<clang::EnumConstantDecl>(reference->getDecl()) ||
         (variable && variable->hasGlobalStorage());
}

}  // namespace corolint
