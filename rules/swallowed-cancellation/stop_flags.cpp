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

// Returns the variable, field or constant that the expression names, or null.
const clang::ValueDecl* named(const clang::Expr* expr) {
  expr = bare(expr);
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expr)) return reference->getDecl();
  const auto* member = llvm::dyn_cast<clang::MemberExpr>(expr);
  return member && llvm::isa<clang::CXXThisExpr>(bare(member->getBase())) ? member->getMemberDecl() : nullptr;
}

// Returns what `stmt` gives the variable if it is an assignment to it, else null.
const clang::Expr* value_given(const clang::Stmt* stmt, const clang::ValueDecl* variable) {
  const auto* set = llvm::dyn_cast<clang::BinaryOperator>(stmt);
  const bool is_set = set && set->getOpcode() == clang::BO_Assign && named(set->getLHS()) == variable;
  return is_set ? bare(set->getRHS()) : nullptr;
}

// Returns what the method of the same object leaves in the variable, if it is one value: `void close() { if
// (state != closed) { …; state = closed; } }`.
const clang::Expr* value_left_by(const clang::Stmt* stmt, const clang::ValueDecl* variable) {
  const auto* call = llvm::dyn_cast<clang::CXXMemberCallExpr>(stmt);
  if (!call || !call->getMethodDecl() ||
      !llvm::isa<clang::CXXThisExpr>(bare(call->getImplicitObjectArgument())))
    return nullptr;
  const clang::FunctionDecl* definition = nullptr;
  if (!call->getMethodDecl()->hasBody(definition)) return nullptr;
  const Function method(*definition);
  const clang::Expr* left = nullptr;
  for (const clang::Stmt* inner : method.statements())
    if (const clang::Expr* value = value_given(inner, variable)) {
      if (left) return nullptr;
      left = value;
    }
  return left;
}

// Returns what the handler leaves in the variable, itself or by a method that it calls, or null.
const clang::Expr* value_after(const clang::CXXCatchStmt& handler, const clang::ValueDecl* variable) {
  if (!variable) return nullptr;
  for (const clang::Stmt* stmt : handler.getHandlerBlock()->children()) {
    const clang::Expr* value = value_given(stmt, variable);
    if (!value) value = value_left_by(stmt, variable);
    if (value) return value;
  }
  return nullptr;
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

std::vector<const clang::ValueDecl*> own_flags(const Function& function, const clang::Stmt* stmt) {
  std::vector<const clang::ValueDecl*> flags;
  for (const auto* expr : function.all<clang::Expr>()) {
    if (!stmt || !function.is_inside(expr, stmt) || !is_flag(expr)) continue;
    const auto* member = llvm::dyn_cast<clang::MemberExpr>(expr);
    flags.push_back(member ? member->getMemberDecl() : llvm::cast<clang::DeclRefExpr>(expr)->getDecl());
  }
  return flags;
}

std::vector<const clang::IfStmt*> exits_by_own_flag(const Function& coroutine, const clang::VarDecl* caught) {
  std::vector<const clang::IfStmt*> exits;
  for (const auto* test : coroutine.all<clang::IfStmt>())
    if (asks_own_flag(coroutine, test->getCond(), caught) &&
        (leaves(coroutine, test->getThen()) || leaves(coroutine, test->getElse())))
      exits.push_back(test);
  return exits;
}

bool leaves_by_own_flag(const Function& coroutine, const clang::CXXCatchStmt& handler) {
  const auto exits = exits_by_own_flag(coroutine, handler.getExceptionDecl());
  return std::any_of(exits.begin(), exits.end(),
                     [&](const clang::IfStmt* exit) { return coroutine.is_inside(exit, &handler); });
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
  const auto* tried = llvm::dyn_cast_or_null<clang::CXXTryStmt>(coroutine.parent(&handler));
  if (!tried || coroutine.is_inside(&condition, tried)) return std::nullopt;
  const auto* comparison = llvm::dyn_cast<clang::BinaryOperator>(plain);
  if (comparison && comparison->isEqualityOp()) {
    const clang::ValueDecl* wanted = named(comparison->getRHS());
    const clang::Expr* value = value_after(handler, named(comparison->getLHS()));
    const clang::ValueDecl* given = value ? named(value) : nullptr;
    if (!llvm::isa_and_nonnull<clang::EnumConstantDecl>(wanted) ||
        !llvm::isa_and_nonnull<clang::EnumConstantDecl>(given))
      return std::nullopt;
    return (wanted == given) == (comparison->getOpcode() == clang::BO_EQ);
  }
  const clang::Expr* value = value_after(handler, named(plain));
  const auto* truth = value ? llvm::dyn_cast<clang::CXXBoolLiteralExpr>(value) : nullptr;
  return truth ? std::optional(truth->getValue()) : std::nullopt;
}

}  // namespace corolint::cancellation
