#include "count_guard.h"

#include <algorithm>

#include "clang/AST/ASTContext.h"
#include "coroutines/children.h"
#include "coroutines/container.h"
#include "coroutines/loop.h"
#include "unit/names.h"
#include "unit/type_argument.h"

namespace corolint::fan_out {

namespace {

constexpr long long too_many = 1'000'000;

bool is_constant(const clang::Expr* expr, const clang::ASTContext& context) {
  return !expr->isValueDependent() && expr->getType()->isIntegralOrEnumerationType() &&
         expr->isIntegerConstantExpr(context);
}

// Is the variable read there, or set to what the source says?
bool is_read_or_set(const Function& function, const clang::DeclRefExpr* name) {
  const clang::Stmt* outer = function.parent(name);
  while (llvm::isa_and_nonnull<clang::ParenExpr>(outer)) outer = function.parent(outer);
  if (const auto* cast = llvm::dyn_cast_or_null<clang::ImplicitCastExpr>(outer))
    return cast->getCastKind() == clang::CK_LValueToRValue;
  if (const auto* step = llvm::dyn_cast_or_null<clang::UnaryOperator>(outer))
    return step->isIncrementDecrementOp();
  const auto* assignment = llvm::dyn_cast_or_null<clang::BinaryOperator>(outer);
  return assignment && assignment->isAssignmentOp() &&
         is_constant(assignment->getRHS(), name->getDecl()->getASTContext());
}

// Is it a number that begins anew in every round of the loop, and knows of no other round?
bool is_of_round(const Function& function, const clang::Stmt& loop, const clang::Expr* expr) {
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(bare(expr));
  const auto* variable = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
  if (!variable || !variable->hasLocalStorage() || llvm::isa<clang::ParmVarDecl>(variable)) return false;
  if (variable->getType()->isReferenceType()) return false;
  if (variable->getInit() && !is_constant(variable->getInit(), variable->getASTContext())) return false;
  const clang::Stmt* round = loop_body(loop) ? loop_body(loop) : &loop;
  const auto made = function.all<clang::DeclStmt>();
  const auto names = function.all<clang::DeclRefExpr>();
  return std::any_of(made.begin(), made.end(),
                     [&](const clang::DeclStmt* statement) {
                       return function.is_inside(statement, round) &&
                              std::find(statement->decl_begin(), statement->decl_end(), variable) !=
                                  statement->decl_end();
                     }) &&
         std::all_of(names.begin(), names.end(), [&](const clang::DeclRefExpr* use) {
           return use->getDecl() != variable || is_read_or_set(function, use);
         });
}

// Is it the size of a container of things, not of bytes?
bool is_size_of_container(const clang::Expr* expr) {
  const auto call = as_call(bare(expr));
  const clang::IdentifierInfo* name = call ? call->callee->getIdentifier() : nullptr;
  const clang::CXXRecordDecl* record =
      name && call->receiver && name->getName() == "size" ? class_of(call->receiver->getType()) : nullptr;
  if (!record || !is_container(*record)) return false;
  const clang::QualType element = type_argument(record);
  return !element.isNull() && !element->isAnyCharacterType() && !element->isStdByteType();
}

// Does the function count it up, one by one?
bool is_stepped(const Function& function, const clang::Expr* expr) {
  const clang::ValueDecl* counter = root_object(expr);
  const auto steps = [&](const clang::Stmt* stmt) {
    if (const auto* step = llvm::dyn_cast<clang::UnaryOperator>(stmt))
      return step->isIncrementOp() && root_object(step->getSubExpr()) == counter;
    const auto* step = llvm::dyn_cast<clang::CXXOperatorCallExpr>(stmt);
    return step && step->getOperator() == clang::OO_PlusPlus && root_object(step->getArg(0)) == counter;
  };
  return counter && std::any_of(function.statements().begin(), function.statements().end(), steps);
}

// Is a count of things compared with a number that nobody reaches? So many bytes may well be a limit.
bool is_unreachable(const Function& function, const clang::Expr* count, const clang::Expr* number) {
  if (!is_constant(number, function.declaration().getASTContext())) return false;
  const auto value = number->getIntegerConstantExpr(function.declaration().getASTContext());
  const bool is_high =
      !value->isNegative() && (value->getActiveBits() > 62 || value->getExtValue() > too_many);
  return is_high && (is_size_of_container(count) || is_stepped(function, count));
}

bool bounds(const Function& function, const clang::Stmt& loop, const clang::BinaryOperator& comparison) {
  const clang::Expr *left = comparison.getLHS(), *right = comparison.getRHS();
  const bool is_count = (comparison.isRelationalOp() && left->getType()->isArithmeticType()) ||
                        (comparison.isEqualityOp() && left->getType()->isIntegerType());
  return is_count && !is_of_round(function, loop, left) && !is_of_round(function, loop, right) &&
         !is_unreachable(function, left, right) && !is_unreachable(function, right, left);
}

bool compares_count(const Function& function, const clang::Stmt& loop, const clang::Stmt* stmt) {
  if (!stmt) return false;
  const auto* comparison = llvm::dyn_cast<clang::BinaryOperator>(stmt);
  if (comparison && bounds(function, loop, *comparison)) return true;
  const auto children = written_children(*stmt);
  return std::any_of(children.begin(), children.end(),
                     [&](const clang::Stmt* child) { return compares_count(function, loop, child); });
}

// Does a branch of the `if` end this round of the loop, or wait? Behind the start there is nothing to skip:
// it must leave the loop, or wait.
bool leaves_or_waits(const Function& function, const clang::IfStmt& branch, bool is_behind) {
  const auto& statements = function.statements();
  return std::any_of(statements.begin(), statements.end(), [&](const clang::Stmt* stmt) {
    const bool ends_round = llvm::isa<clang::BreakStmt, clang::ReturnStmt, clang::CoreturnStmt,
                                      clang::CXXThrowExpr, clang::CoroutineSuspendExpr>(stmt) ||
                            (llvm::isa<clang::ContinueStmt>(stmt) && !is_behind);
    return ends_round && function.is_inside(stmt, &branch) && !function.is_inside(stmt, branch.getCond());
  });
}

// Does `stmt` stand behind `other` in the source?
bool is_behind(const Function& function, const clang::Stmt* stmt, const clang::Stmt* other) {
  const auto& statements = function.statements();
  return std::find(std::find(statements.begin(), statements.end(), other), statements.end(), stmt) !=
         statements.end();
}

}  // namespace

bool is_guarded_by_count(const Function& function, const clang::Stmt& loop, const clang::Stmt* work) {
  if (const clang::Expr* condition = loop_condition(loop))
    if (const auto* both = llvm::dyn_cast<clang::BinaryOperator>(bare(condition)))
      if (both->getOpcode() == clang::BO_LAnd && compares_count(function, loop, both)) return true;
  for (const auto* branch : function.all<clang::IfStmt>()) {
    if (!function.is_inside(branch, &loop) || !compares_count(function, loop, branch->getCond())) continue;
    if (!function.is_inside(work, branch)) {
      if (leaves_or_waits(function, *branch, is_behind(function, branch, work))) return true;
    } else if (function.is_inside(work, branch->getThen()) || function.is_inside(work, branch->getElse())) {
      return true;
    }
  }
  for (const auto* inner :
       function.all<clang::WhileStmt>())  // while (active >= limit) co_await one_is_done();
    if (inner != &loop && function.is_inside(inner, &loop) &&
        compares_count(function, loop, inner->getCond()))
      return true;
  return false;
}

}  // namespace corolint::fan_out
