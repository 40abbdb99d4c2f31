// When something is no longer held. What is not known to keep the lock counts as its end: a false alarm costs
// more than a miss.

#include <algorithm>

#include "coroutines/flow.h"
#include "coroutines/local_scope.h"
#include "coroutines/promise.h"
#include "coroutines/same_object.h"
#include "coroutines/value_use.h"
#include "holds.h"
#include "unit/names.h"

namespace corolint::locks {

namespace {

bool is_const_reference(clang::QualType type) {
  return type->isLValueReferenceType() && type->getPointeeType().isConstQualified();
}

// Does the call, of which `name` is an argument, leave the guard locked: it takes it by const&, or it waits
// with it as a condition variable does, on the thread?
bool leaves_locked(const Call& call, const clang::Expr* name) {
  const clang::FunctionDecl* function = call.function();
  if (!function) return false;
  const clang::IdentifierInfo* called = function->getIdentifier();
  const bool waits =
      called && called->getName().starts_with("wait") && !function->getReturnType()->isRecordType();
  for (std::size_t i = 0; i < call.arguments.size() && i < function->getNumParams(); ++i)
    if (bare(call.arguments[i]) == name)
      return waits || is_const_reference(function->getParamDecl(static_cast<unsigned>(i))->getType());
  return false;
}

bool releases(const clang::NamedDecl& method) {
  const clang::IdentifierInfo* name = method.getIdentifier();
  if (!name) return false;
  const llvm::StringRef text = name->getName();
  return text.contains_insensitive("unlock") || text.equals_insensitive("release") || text == "reset" ||
         text == "swap" || text == "dismiss";
}

// May a method of a class of the program's own unlock what an object of it keeps, for all that is seen of it?
bool may_unlock(const clang::NamedDecl& callee) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&callee);
  if (!method || method->isConst() || !method->getIdentifier() || method->getParent()->isInStdNamespace())
    return false;
  const clang::FunctionDecl* definition = method->getDefinition();
  return !definition || unlocks_in(definition->getBody());
}

bool has_unlock(const clang::ValueDecl& member) {
  const clang::CXXRecordDecl* record = class_of(member.getType());
  return record && find_member(*record, &record->getASTContext().Idents.get("unlock"));
}

// Does the guard, named here, still hold afterwards?
bool stays_held(const Function& function, const clang::DeclRefExpr* name) {
  const clang::Stmt* outer = function.parent(name);
  while (llvm::isa_and_nonnull<clang::ImplicitCastExpr, clang::ParenExpr, clang::MemberExpr>(outer)) {
    if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(outer);
        member && !llvm::isa<clang::CXXMethodDecl>(member->getMemberDecl()))
      return !has_unlock(*member->getMemberDecl());
    outer = function.parent(outer);
  }
  if (llvm::isa_and_nonnull<clang::UnaryOperator>(outer))
    return llvm::cast<clang::UnaryOperator>(outer)->getOpcode() == clang::UO_LNot;
  const auto call = outer ? as_call(outer) : std::nullopt;
  if (!call) return false;
  if (call->receiver && bare(call->receiver) == name) {
    const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(call->expr);
    return !releases(*call->callee) && !may_unlock(*call->callee) &&
           !(operation && operation->getOperator() == clang::OO_Equal);
  }
  return leaves_locked(*call, name);
}

// What a condition asks, and which answer makes it true.
struct Question {
  const clang::Expr* asked;
  bool answer = true;
};

Question without_negations(const clang::Expr& condition) {
  Question question{bare(&condition)};
  for (const auto* no = llvm::dyn_cast<clang::UnaryOperator>(question.asked);
       no && no->getOpcode() == clang::UO_LNot; no = llvm::dyn_cast<clang::UnaryOperator>(question.asked))
    question = {bare(no->getSubExpr()), !question.answer};
  return question;
}

// In a test of the guard itself, only the way goes on where it holds its lock.
Flow::Decide while_held(const clang::VarDecl& holder) {
  return [&holder](const clang::Expr& condition) -> std::optional<bool> {
    const auto [asked, answer] = without_negations(condition);
    const auto call = as_call(asked);
    if (call && !(call->receiver && call->arguments.empty())) return std::nullopt;
    const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(call ? bare(call->receiver) : asked);
    return name && name->getDecl() == &holder ? std::optional(answer) : std::nullopt;
  };
}

// After an attempt by hand, only the way goes on where it got the lock.
Flow::Decide where_got(const clang::Stmt* attempt) {
  return [attempt](const clang::Expr& condition) -> std::optional<bool> {
    const auto [asked, answer] = without_negations(condition);
    return asked == attempt ? std::optional(answer) : std::nullopt;
  };
}

// Is it the name of the guard, or of the part that is one of what holds it: `auto [lock, value] = …`? Of the
// whole nobody but the compiler has a name there.
bool is_name_of(const clang::DeclRefExpr& name, const clang::VarDecl& holder) {
  const auto* part = llvm::dyn_cast<clang::BindingDecl>(name.getDecl());
  if (!llvm::isa<clang::DecompositionDecl>(holder)) return name.getDecl() == &holder;
  return part && part->getDecomposedDecl() == &holder && has_unlock(*part);
}

bool captures(const clang::LambdaExpr& lambda, const clang::ValueDecl& variable) {
  return std::any_of(lambda.capture_begin(), lambda.capture_end(), [&](const clang::LambdaCapture& capture) {
    return capture.capturesVariable() && capture.getCapturedVar() == &variable;
  });
}

// Can the statement be the end of what the hold keeps?
bool ends(const Hold& hold, const Function& function, const clang::Stmt* stmt) {
  if (stmt == hold.start) return true;
  const auto* lambda = llvm::dyn_cast<clang::LambdaExpr>(stmt);
  if (hold.holder) {
    const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(stmt);
    if (name && is_name_of(*name, *hold.holder)) return !stays_held(function, name);
    return lambda && captures(*lambda, *hold.holder);
  }
  if (hold.kind == Hold::temporary) return false;
  const auto* expr = llvm::dyn_cast<clang::Expr>(stmt);
  if (const auto call = expr ? as_call(expr) : std::nullopt; call && releases(*call->callee)) {
    const clang::Expr* object = object_of(*call);
    return !object || llvm::isa<clang::CXXThisExpr>(bare(object)) || names_same_object(object, hold.object);
  }
  return llvm::isa<clang::DeclRefExpr, clang::MemberExpr>(stmt) && names_same_object(expr, hold.object);
}

// Returns the outermost expression around `stmt`.
const clang::Stmt* whole_expression(const Function& function, const clang::Stmt* stmt) {
  while (llvm::isa_and_nonnull<clang::Expr>(function.parent(stmt))) stmt = function.parent(stmt);
  return stmt;
}

// Only asks the coroutine for something, or is ready from the start: a constant such as
// `this_coro::executor`, `suspend_never`.
bool only_asks(const Suspension& suspension) {
  const clang::Expr* operand = bare(suspension.operand);
  const auto* name = llvm::dyn_cast_or_null<clang::DeclRefExpr>(operand);
  const auto* constant = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
  const auto* record = operand ? operand->getType()->getAsCXXRecordDecl() : nullptr;
  if (constant && constant->hasGlobalStorage() && record && record->hasDefinition() && record->isEmpty())
    return true;
  const auto* await = llvm::dyn_cast<clang::CoawaitExpr>(suspension.expr);
  const auto ready = await ? as_call(bare(await->getReadyExpr())) : std::nullopt;
  const clang::FunctionDecl* body = ready && ready->function() ? ready->function()->getDefinition() : nullptr;
  const auto* block = body ? llvm::dyn_cast_or_null<clang::CompoundStmt>(body->getBody()) : nullptr;
  const auto* leave =
      block && block->size() == 1 ? llvm::dyn_cast<clang::ReturnStmt>(block->body_front()) : nullptr;
  const auto* value =
      leave ? llvm::dyn_cast_or_null<clang::CXXBoolLiteralExpr>(bare(leave->getRetValue())) : nullptr;
  return value && value->getValue();
}

// In a template that nobody instantiated there is no order, only the source's: a guard that is not named
// again is held to the end of its block.
bool holds_in_pattern(const Hold& hold, const Function& function, const clang::Stmt* at) {
  if (hold.kind != Hold::guard || !hold.holder || !hold.start) return false;
  const auto names = function.all<clang::DeclRefExpr>();
  const bool is_named_again = std::any_of(names.begin(), names.end(), [&](const clang::DeclRefExpr* name) {
    return name->getDecl() == hold.holder;
  });
  return !is_named_again && at != hold.start;
}

}  // namespace

const Suspension* suspension_under(const Hold& hold, const Function& function) {
  std::optional<LocalScope> scope;
  if (hold.holder) scope.emplace(function, *hold.holder);
  const clang::Stmt* whole = hold.kind == Hold::temporary ? whole_expression(function, hold.start) : nullptr;
  const auto is_in_reach = [&](const clang::Stmt* stmt) {
    if (whole) return !function.parent(stmt) || function.is_inside(stmt, whole);
    return !scope || scope->holds(stmt);
  };
  const auto is_end = [&](const clang::Stmt* stmt) {
    return !is_in_reach(stmt) || ends(hold, function, stmt);
  };
  const Flow::Decide decide = hold.holder     ? while_held(*hold.holder)
                              : hold.is_tried ? where_got(hold.start)
                                              : Flow::undecided;
  for (const Suspension& suspension : function.suspensions()) {
    if (only_asks(suspension) || !is_in_reach(suspension.expr)) continue;
    const auto is_it = [&](const clang::Stmt* stmt) { return stmt == suspension.expr; };
    const bool is_held = function.is_pattern() ? holds_in_pattern(hold, function, suspension.expr)
                                               : function.flow() && function.flow()->comes_to(
                                                                        hold.start, is_it, is_end, decide);
    if (is_held) return &suspension;
  }
  return nullptr;
}

}  // namespace corolint::locks
