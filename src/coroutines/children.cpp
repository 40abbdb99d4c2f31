#include "coroutines/children.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/ExprConcepts.h"
#include "clang/AST/StmtCXX.h"

namespace corolint {

namespace {

using Children = llvm::SmallVector<const clang::Stmt*, 8>;

bool is_unevaluated(const clang::Stmt& stmt) {
  return llvm::isa<clang::UnaryExprOrTypeTraitExpr, clang::CXXNoexceptExpr, clang::CXXTypeidExpr,
                   clang::RequiresExpr>(stmt);
}

Children range_for_children(const clang::CXXForRangeStmt& loop) {
  return {loop.getInit(), loop.getRangeInit(), loop.getLoopVarStmt(), loop.getBody()};
}

Children capture_initialisers(const clang::LambdaExpr& lambda) {
  Children children;
  for (const clang::Expr* init : lambda.capture_inits()) children.push_back(init);
  return children;
}

// `if constexpr`: only the branch that is taken is there.
Children constexpr_if_children(const clang::IfStmt& branch) {
  const auto* condition = llvm::dyn_cast<clang::ConstantExpr>(branch.getCond());
  if (!condition || !condition->hasAPValueResult()) return {branch.child_begin(), branch.child_end()};
  const bool is_taken = !condition->getResultAsAPSInt().isZero();
  return {is_taken ? branch.getThen() : branch.getElse()};
}

Children all_children(const clang::Stmt& stmt) {
  if (const auto* loop = llvm::dyn_cast<clang::CXXForRangeStmt>(&stmt)) return range_for_children(*loop);
  if (const auto* branch = llvm::dyn_cast<clang::IfStmt>(&stmt); branch && branch->isConstexpr())
    return constexpr_if_children(*branch);
  if (const auto* lambda = llvm::dyn_cast<clang::LambdaExpr>(&stmt)) return capture_initialisers(*lambda);
  if (const auto* suspend = llvm::dyn_cast<clang::CoroutineSuspendExpr>(&stmt))
    return {suspend->getOperand()};
  if (const auto* await = llvm::dyn_cast<clang::DependentCoawaitExpr>(&stmt)) return {await->getOperand()};
  if (const auto* leave = llvm::dyn_cast<clang::CoreturnStmt>(&stmt)) return {leave->getOperand()};
  if (const auto* coroutine = llvm::dyn_cast<clang::CoroutineBodyStmt>(&stmt)) return {coroutine->getBody()};
  if (is_unevaluated(stmt)) return {};
  return {stmt.child_begin(), stmt.child_end()};
}

}  // namespace

Children written_children(const clang::Stmt& stmt) {
  Children children = all_children(stmt);
  llvm::erase(children, nullptr);
  return children;
}

}  // namespace corolint
