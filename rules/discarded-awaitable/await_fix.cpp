#include "dropped.h"
#include "rule/edits.h"
#include "rule/may_await.h"

namespace corolint::discarded {

namespace {

// The result of taking a lock must be kept: awaiting alone would give it back at once.
bool can_await(const Pass& pass, const Function& function, const clang::Expr* expr) {
  const bool is_one_operand =
      llvm::isa<clang::CallExpr, clang::CoawaitExpr, clang::CXXTemporaryObjectExpr>(expr) &&
      !llvm::isa<clang::CXXOperatorCallExpr>(expr);
  return is_one_operand && !takes_lock(pass, expr) && may_await(pass, function, expr->getType(), expr);
}

Fix fix_with(std::optional<Edit> edit) {
  return {"await it", Applicability::unsafe, all_or_none({std::move(edit)})};
}

}  // namespace

Fix await_it(const Pass& pass, const Function& function, const clang::Expr* expr) {
  if (!can_await(pass, function, expr)) return {};
  return fix_with(insertion_before(pass.unit(), expr->getBeginLoc(), "co_await "));
}

Fix await_instead(const Pass& pass, const Function& function, const clang::DeclStmt& statement,
                  const clang::VarDecl& variable, const clang::Expr* expr) {
  if (!statement.isSingleDecl() || variable.isReferenced() || !can_await(pass, function, expr) ||
      !llvm::isa_and_nonnull<clang::CompoundStmt>(function.parent(&statement)))
    return {};
  const std::string text = "co_await " + pass.unit().text_of(expr->getSourceRange()).str() + ";";
  return fix_with(replacement(pass.unit(), statement.getSourceRange(), text));
}

}  // namespace corolint::discarded
