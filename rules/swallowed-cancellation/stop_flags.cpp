#include "stop_flags.h"

#include <algorithm>

#include "coroutines/loop.h"
#include "coroutines/value_use.h"
#include "unit/names.h"

namespace corolint::cancellation {

namespace {

bool is_atomic_flag(clang::QualType type) {
  const clang::CXXRecordDecl* record = class_of(type.getNonReferenceType());
  if (!record) return false;
  const std::string name = qualified_name(*record);
  return name == "std::atomic" || name == "std::atomic_flag" || name == "std::__atomic_base";
}

// Is it a bool, or an atomic one, that lives outside the coroutine: a field, a global, what it was given a
// reference to?
bool is_flag(const clang::Expr* expr) {
  const clang::QualType type = expr->getType();
  if (!type->isBooleanType() && !is_atomic_flag(type)) return false;
  if (llvm::isa<clang::MemberExpr>(expr)) return true;
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expr);
  const auto* variable = reference ? llvm::dyn_cast<clang::VarDecl>(reference->getDecl()) : nullptr;
  return variable && (!variable->isLocalVarDeclOrParm() || variable->getType()->isReferenceType() ||
                      reference->refersToEnclosingVariableOrCapture());
}

bool leaves(const Function& coroutine, const clang::Stmt* branch) {
  const auto& statements = coroutine.statements();
  return branch && std::any_of(statements.begin(), statements.end(), [&](const clang::Stmt* stmt) {
           return llvm::isa<clang::BreakStmt, clang::ReturnStmt, clang::CoreturnStmt, clang::CXXThrowExpr>(
                      stmt) &&
                  coroutine.is_inside(stmt, branch);
         });
}

}  // namespace

bool asks_own_flag(const Function& coroutine, const clang::Expr* condition, const clang::VarDecl* caught) {
  if (!condition) return false;
  for (const auto* expr : coroutine.all<clang::Expr>()) {
    if (!coroutine.is_inside(expr, condition)) continue;
    if (is_flag(expr)) return true;
    const auto call = as_call(expr);
    if (call && call->receiver && call->arguments.empty() && call->expr->getType()->isBooleanType() &&
        !llvm::isa<clang::CXXConversionDecl>(call->callee) && !(caught && mentions(coroutine, expr, caught)))
      return true;
  }
  return false;
}

bool leaves_by_own_flag(const Function& coroutine, const clang::CXXCatchStmt& handler) {
  const auto conditions = coroutine.all<clang::IfStmt>();
  return std::any_of(conditions.begin(), conditions.end(), [&](const clang::IfStmt* test) {
    return coroutine.is_inside(test, &handler) &&
           asks_own_flag(coroutine, test->getCond(), handler.getExceptionDecl()) &&
           (leaves(coroutine, test->getThen()) || leaves(coroutine, test->getElse()));
  });
}

bool is_in_loop_with_flag(const Function& coroutine, const clang::Stmt* stmt) {
  const auto loops = loops_around(coroutine, stmt);
  return std::any_of(loops.begin(), loops.end(), [&](const clang::Stmt* loop) {
    return asks_own_flag(coroutine, loop_condition(*loop), nullptr);
  });
}

std::optional<bool> set_in_handler(const Function& coroutine, const clang::CXXCatchStmt& handler,
                                   const clang::Expr& condition) {
  const clang::Expr* plain = bare(&condition);
  if (const auto* negation = llvm::dyn_cast<clang::UnaryOperator>(plain);
      negation && negation->getOpcode() == clang::UO_LNot) {
    const auto inner = set_in_handler(coroutine, handler, *negation->getSubExpr());
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(plain);
  const auto* tried = llvm::dyn_cast_or_null<clang::CXXTryStmt>(coroutine.parent(&handler));
  if (!reference || !tried || coroutine.is_inside(&condition, tried)) return std::nullopt;
  for (const clang::Stmt* stmt : handler.getHandlerBlock()->children()) {
    const auto* set = llvm::dyn_cast<clang::BinaryOperator>(stmt);
    if (!set || set->getOpcode() != clang::BO_Assign) continue;
    const auto* value = llvm::dyn_cast<clang::CXXBoolLiteralExpr>(bare(set->getRHS()));
    const auto* target = llvm::dyn_cast<clang::DeclRefExpr>(bare(set->getLHS()));
    if (value && target && target->getDecl() == reference->getDecl()) return value->getValue();
  }
  return std::nullopt;
}

}  // namespace corolint::cancellation
