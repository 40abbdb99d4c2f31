#include "compared_counts.h"

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

bool is_made_in_round(const Function& function, const clang::Stmt& loop, const clang::VarDecl& variable) {
  const clang::Stmt* round = loop_body(loop) ? loop_body(loop) : &loop;
  const auto made = function.all<clang::DeclStmt>();
  return std::any_of(made.begin(), made.end(), [&](const clang::DeclStmt* statement) {
    return function.is_inside(statement, round) &&
           std::find(statement->decl_begin(), statement->decl_end(), &variable) != statement->decl_end();
  });
}

// Is it a number that begins anew in every round of the loop, and knows of no other round?
bool is_of_round(const Function& function, const clang::Stmt& loop, const clang::Expr* expr) {
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(bare(expr));
  const auto* variable = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
  if (!variable || !variable->hasLocalStorage() || llvm::isa<clang::ParmVarDecl>(variable)) return false;
  if (variable->getType()->isReferenceType()) return false;
  if (variable->getInit() && !is_constant(variable->getInit(), variable->getASTContext())) return false;
  const auto names = function.all<clang::DeclRefExpr>();
  return is_made_in_round(function, loop, *variable) &&
         std::all_of(names.begin(), names.end(), [&](const clang::DeclRefExpr* use) {
           return use->getDecl() != variable || is_read_or_set(function, use);
         });
}

// Is it the element of a loop over a range, or a part of it?
bool is_of_element(const clang::Stmt& loop, const clang::Expr* expr) {
  while (const auto* member = llvm::dyn_cast<clang::MemberExpr>(expr)) expr = bare(member->getBase());
  const auto* range_loop = llvm::dyn_cast<clang::CXXForRangeStmt>(&loop);
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(expr);
  if (!range_loop || !name) return false;
  const clang::ValueDecl* object = name->getDecl();
  const clang::VarDecl* element = range_loop->getLoopVariable();
  if (object == element) return true;
  const auto* parts = llvm::dyn_cast<clang::DecompositionDecl>(element);
  return parts && llvm::is_contained(parts->bindings(), object);
}

// May the function change the number after it is made? What another one has a reference to may change, too.
bool may_change(const Function& function, const clang::VarDecl& variable) {
  const auto names = function.all<clang::DeclRefExpr>();
  const auto lambdas = function.all<clang::LambdaExpr>();
  return std::any_of(names.begin(), names.end(),
                     [&](const clang::DeclRefExpr* name) {
                       const clang::Stmt* outer =
                           name->getDecl() == &variable ? function.parent(name) : nullptr;
                       while (llvm::isa_and_nonnull<clang::ParenExpr>(outer)) outer = function.parent(outer);
                       const auto* cast = llvm::dyn_cast_or_null<clang::ImplicitCastExpr>(outer);
                       return outer && !(cast && cast->getCastKind() == clang::CK_LValueToRValue);
                     }) ||
         std::any_of(lambdas.begin(), lambdas.end(), [&](const clang::LambdaExpr* lambda) {
           return llvm::any_of(lambda->captures(), [&](const clang::LambdaCapture& capture) {
             return capture.capturesVariable() && capture.getCapturedVar() == &variable &&
                    capture.getCaptureKind() == clang::LCK_ByRef;
           });
         });
}

// Is the number the same in all rounds, or the element's own? Then it counts nothing that the loop starts.
bool counts_nothing(const Function& function, const clang::Stmt& loop, const clang::Expr* expr) {
  if (is_constant(expr, function.declaration().getASTContext())) return true;
  const clang::Expr* plain = bare(expr);
  if (!llvm::isa<clang::DeclRefExpr, clang::MemberExpr>(plain)) return false;
  if (is_of_element(loop, plain)) return true;
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(plain);
  const auto* variable = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
  return variable && variable->hasLocalStorage() && !variable->getType()->isReferenceType() &&
         variable->getParentFunctionOrMethod() == &function.declaration() &&
         !is_made_in_round(function, loop, *variable) && !may_change(function, *variable);
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
  return is_count && !(counts_nothing(function, loop, left) && counts_nothing(function, loop, right)) &&
         !is_of_round(function, loop, left) && !is_of_round(function, loop, right) &&
         !is_unreachable(function, left, right) && !is_unreachable(function, right, left);
}

}  // namespace

bool compares_count(const Function& function, const clang::Stmt& loop, const clang::Stmt* stmt) {
  if (!stmt) return false;
  const auto* comparison = llvm::dyn_cast<clang::BinaryOperator>(stmt);
  if (comparison && bounds(function, loop, *comparison)) return true;
  const auto children = written_children(*stmt);
  return std::any_of(children.begin(), children.end(),
                     [&](const clang::Stmt* child) { return compares_count(function, loop, child); });
}

}  // namespace corolint::fan_out
