#include "coroutines/suspends.h"

#include "coroutines/flow.h"

namespace corolint {

bool may_suspend(const Suspension& suspension) {
  if (suspension.is_yield) return true;
  const auto* name = llvm::dyn_cast_or_null<clang::DeclRefExpr>(bare(suspension.operand));
  const auto* constant = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
  if (!constant || !constant->hasGlobalStorage() || !constant->getType().isConstQualified()) return true;
  const clang::CXXRecordDecl* record = constant->getType()->getAsCXXRecordDecl();
  return !record || !record->hasDefinition() || !record->isEmpty();
}

namespace {

// `sum += co_await next()`: the left side is read and written when the right side is there.
bool is_assigned_after(const Function& function, const clang::Stmt* stmt, const clang::Expr* suspension) {
  for (const clang::Stmt* outer = function.parent(stmt); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer)) {
    const auto* assignment = llvm::dyn_cast<clang::BinaryOperator>(outer);
    if (assignment && assignment->isAssignmentOp() && function.is_inside(stmt, assignment->getLHS()) &&
        function.is_inside(suspension, assignment->getRHS()))
      return true;
  }
  return false;
}

}  // namespace

const clang::Expr* suspension_before(const Function& function, const clang::Stmt* stmt) {
  const Flow* flow = function.flow();
  if (!flow) return nullptr;
  for (const Suspension& suspension : function.suspensions())
    if (may_suspend(suspension) &&
        (flow->may_follow(suspension.expr, stmt) || is_assigned_after(function, stmt, suspension.expr)))
      return suspension.expr;
  return nullptr;
}

}  // namespace corolint
