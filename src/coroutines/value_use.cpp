#include "coroutines/value_use.h"

#include <algorithm>

#include "unit/names.h"

namespace corolint {

namespace {

// Does the expression `outer` only hand on the value of its part `inner`?
bool hands_on(const clang::Stmt* outer, const clang::Stmt* inner) {
  if (llvm::isa<clang::ParenExpr, clang::ExprWithCleanups, clang::CXXBindTemporaryExpr, clang::ConstantExpr,
                clang::MaterializeTemporaryExpr, clang::ImplicitCastExpr>(outer))
    return true;
  if (const auto* choice = llvm::dyn_cast<clang::ConditionalOperator>(outer))
    return inner != choice->getCond();
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(outer))
    return binary->getOpcode() == clang::BO_Comma && inner == binary->getRHS();
  return false;
}

bool is_left_of_comma(const clang::Stmt* outer, const clang::Stmt* inner) {
  const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(outer);
  return binary && binary->getOpcode() == clang::BO_Comma && inner == binary->getLHS();
}

// Is `inner` a statement of its own in `outer`, and not the condition that it looks at?
bool is_statement_in(const clang::Stmt* outer, const clang::Stmt* inner) {
  if (llvm::isa<clang::CompoundStmt, clang::LabelStmt, clang::AttributedStmt>(outer)) return true;
  if (const auto* branch = llvm::dyn_cast<clang::IfStmt>(outer)) return inner != branch->getCond();
  if (const auto* loop = llvm::dyn_cast<clang::ForStmt>(outer)) return inner != loop->getCond();
  if (const auto* loop = llvm::dyn_cast<clang::WhileStmt>(outer)) return inner != loop->getCond();
  if (const auto* loop = llvm::dyn_cast<clang::DoStmt>(outer)) return inner != loop->getCond();
  if (const auto* loop = llvm::dyn_cast<clang::CXXForRangeStmt>(outer)) return inner == loop->getBody();
  if (const auto* label = llvm::dyn_cast<clang::SwitchCase>(outer)) return inner == label->getSubStmt();
  return false;
}

// Returns the statement expression whose value is that of `inner`, the last statement in its block `outer`
// (GCC manual, "Statement Exprs"); null if there is none.
const clang::Stmt* expression_of_block(const Function& function, const clang::Stmt* outer,
                                       const clang::Stmt* inner) {
  const auto* block = llvm::dyn_cast<clang::CompoundStmt>(outer);
  if (!block || block->body_empty() || block->body_back() != inner) return nullptr;
  return llvm::dyn_cast_or_null<clang::StmtExpr>(function.parent(block));
}

bool is_cast_to_void(const clang::Stmt* stmt) {
  const auto* cast = llvm::dyn_cast<clang::CastExpr>(stmt);
  return cast && !llvm::isa<clang::ImplicitCastExpr>(cast) && cast->getCastKind() == clang::CK_ToVoid;
}

bool is_assignment_to_ignore(const clang::Stmt* stmt) {
  const auto call = as_call(stmt);
  if (!call || call->arguments.empty()) return false;
  const auto* target = llvm::dyn_cast<clang::DeclRefExpr>(bare(call->arguments.front()));
  return target && qualified_name(*target->getDecl()) == "std::ignore";
}

clang::QualType result_of(const clang::NamedDecl* callee, clang::QualType otherwise) {
  const clang::FunctionDecl* function = callee->getUnderlyingDecl()->getAsFunction();
  return function ? function->getReturnType() : otherwise;
}

// Returns what is assigned where `name` stands on the left, if nothing uses the assignment's value; else
// null.
const clang::Expr* assigned_at(const Function& function, const clang::DeclRefExpr* name) {
  const clang::Stmt* outer = function.parent(name);
  while (llvm::isa_and_nonnull<clang::ParenExpr, clang::ImplicitCastExpr>(outer))
    outer = function.parent(outer);
  const auto* assignment = llvm::dyn_cast_or_null<clang::CXXOperatorCallExpr>(outer);
  const bool is_target =
      assignment && assignment->getOperator() == clang::OO_Equal && bare(assignment->getArg(0)) == name;
  if (!is_target || value_use(function, assignment) == ValueUse::used) return nullptr;
  return bare(assignment->getArg(1));
}

}  // namespace

ValueUse value_use(const Function& function, const clang::Expr* expr) {
  const clang::Stmt* inner = expr;
  for (const clang::Stmt* outer = function.parent(inner); outer; outer = function.parent(inner)) {
    if (const clang::Stmt* whole = expression_of_block(function, outer, inner)) {
      inner = whole;
      continue;
    }
    if (is_left_of_comma(outer, inner) || is_statement_in(outer, inner)) return ValueUse::dropped;
    if (is_cast_to_void(outer) || is_assignment_to_ignore(outer)) return ValueUse::dropped_on_purpose;
    if (!hands_on(outer, inner)) return ValueUse::used;
    inner = outer;
  }
  return ValueUse::used;
}

clang::QualType value_type(const clang::Expr* expr) {
  const auto* call = llvm::dyn_cast<clang::CallExpr>(expr);
  if (!call || !expr->isTypeDependent()) return expr->getType();
  const clang::Expr* callee = call->getCallee()->IgnoreParenImpCasts();
  if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(callee))
    return result_of(member->getMemberDecl(), expr->getType());
  if (const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(callee))
    return result_of(name->getDecl(), expr->getType());
  const auto* names = llvm::dyn_cast<clang::OverloadExpr>(callee);
  if (!names || names->getNumDecls() == 0) return expr->getType();
  const clang::QualType first = result_of(*names->decls_begin(), expr->getType());
  const bool agree = std::all_of(names->decls_begin(), names->decls_end(), [&](const clang::NamedDecl* one) {
    return class_of(result_of(one, expr->getType())) == class_of(first);
  });
  return agree ? first : expr->getType();
}

bool is_awaited(const Function& function, const clang::Expr* expr) {
  if (!function.is_stackful()) return function.around<clang::CoawaitExpr>(expr) != nullptr;
  return llvm::any_of(function.suspensions(), [&](const Suspension& suspension) {
    return function.is_inside(expr, suspension.expr);
  });
}

bool mentions(const Function& function, const clang::Stmt* stmt, const clang::ValueDecl* variable) {
  const auto references = function.all<clang::DeclRefExpr>();
  return std::any_of(references.begin(), references.end(), [&](const clang::DeclRefExpr* reference) {
    return reference->getDecl() == variable && function.is_inside(reference, stmt);
  });
}

const clang::VarDecl* initialised_variable(const Function& function, const clang::Expr* expr) {
  const auto* statement = function.around<clang::DeclStmt>(expr);
  if (!statement) return nullptr;
  for (const clang::Decl* declaration : statement->decls())
    if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration))
      if (variable->getInit() && bare(variable->getInit()) == bare(expr)) return variable;
  return nullptr;
}

const clang::Expr* initial_value(const clang::VarDecl& variable) {
  return made_from(variable.getInit());
}

const clang::Expr* made_from(const clang::Expr* value) {
  const clang::Expr* made = bare(value);
  for (;;) {
    const auto* construction = llvm::dyn_cast<clang::CXXConstructExpr>(made);
    const auto* braces = llvm::dyn_cast<clang::InitListExpr>(made);
    if (construction && construction->getNumArgs() == 1)
      made = bare(construction->getArg(0));
    else if (braces && braces->getNumInits() == 1)
      made = bare(braces->getInit(0));
    else
      return made;
  }
}

const clang::Expr* unread_value(const Function& function, const clang::VarDecl& variable) {
  const clang::Expr* value = variable.getInit() ? initial_value(variable) : nullptr;
  if (!variable.isReferenced()) return value;
  for (const auto* name : function.all<clang::DeclRefExpr>())
    if (name->getDecl() == &variable && !(value = assigned_at(function, name))) return nullptr;
  return value;
}

}  // namespace corolint
