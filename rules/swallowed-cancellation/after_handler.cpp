#include "after_handler.h"

#include <algorithm>

#include "coroutines/comparison.h"
#include "coroutines/flow.h"
#include "coroutines/value_use.h"
#include "stop_flags.h"
#include "unit/class_search.h"
#include "unit/names.h"

namespace corolint::cancellation {

namespace {

// Cancellation is no other error: `code == timed_out` is false for it, `code != end_of_stream` true. (A
// handler that names the code of cancellation is not judged at all.)
std::optional<bool> in_case_of_cancellation(const clang::Expr& condition) {
  const auto comparison = as_comparison(condition);
  if (!comparison || (!is_code(comparison->left) && !is_code(comparison->right))) return std::nullopt;
  if (comparison->kind == clang::BO_EQ) return false;
  return comparison->kind == clang::BO_NE ? std::optional(true) : std::nullopt;
}

// Is it a value that says "nothing": `{}`, nullptr, nullopt, 0, "", an object made from nothing? One that
// says "failed" (false, -1, an error) tells the caller enough to stop.
bool is_empty_value(const clang::Expr* value) {
  value = bare(value);
  if (const auto* made = llvm::dyn_cast<clang::CXXConstructExpr>(value))
    return made->getNumArgs() == 0 || (made->getNumArgs() == 1 && is_empty_value(made->getArg(0)));
  if (const auto* braces = llvm::dyn_cast<clang::InitListExpr>(value)) return braces->getNumInits() == 0;
  if (const auto* text = llvm::dyn_cast<clang::StringLiteral>(value)) return text->getLength() == 0;
  if (const auto* number = llvm::dyn_cast<clang::IntegerLiteral>(value)) return number->getValue().isZero();
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(value))
    return qualified_name(*reference->getDecl()) == "std::nullopt";
  return llvm::isa<clang::CXXNullPtrLiteralExpr, clang::CXXScalarValueInitExpr, clang::ImplicitValueInitExpr>(
      value);
}

bool joins_scope(const Pass& pass, const Function& coroutine, const Suspension& suspension) {
  return std::any_of(coroutine.calls().begin(), coroutine.calls().end(), [&](const Call& call) {
    if (!call.receiver || !coroutine.is_inside(call.expr, suspension.operand)) return false;
    const Entry* scope = pass.models().find(Role::scope, call.receiver->getType());
    return scope && std::find(scope->join.begin(), scope->join.end(), call.callee->getNameAsString()) !=
                        scope->join.end();
  });
}

}  // namespace

bool is_kept(const Function& coroutine, const clang::CXXCatchStmt& handler) {
  const clang::ValueDecl* keeper = kept_in(coroutine, handler);
  return keeper && coroutine.flow()->reaches(
                       handler,
                       [&](const clang::Stmt* stmt) {
                         const auto* expr = llvm::dyn_cast<clang::Expr>(stmt);
                         const bool names_it = llvm::isa<clang::DeclRefExpr, clang::MemberExpr>(stmt) &&
                                               root_object(expr) == keeper;
                         return names_it && !coroutine.is_inside(stmt, &handler);
                       },
                       in_case_of_cancellation);
}

const Suspension* next_suspension(const Pass& pass, const Function& coroutine,
                                  const clang::CXXCatchStmt& handler, const Questions& questions) {
  const Suspension* next = nullptr;
  const auto is_suspension = [&](const clang::Stmt* stmt) {
    for (const Suspension& suspension : coroutine.suspensions())
      if (suspension.expr == stmt && !joins_scope(pass, coroutine, suspension)) next = &suspension;
    return next != nullptr;
  };
  const auto decide = [&](const clang::Expr& condition) {
    const auto is_set = set_in_handler(coroutine, handler, condition);
    return is_set ? is_set : in_case_of_cancellation(condition);
  };
  const auto exits = exits_by_own_flag(coroutine, handler.getExceptionDecl());
  const auto is_asked = [&](const clang::Stmt* stmt) {
    return questions.asks(stmt) || std::any_of(exits.begin(), exits.end(), [&](const clang::IfStmt* exit) {
             return coroutine.is_inside(stmt, exit->getCond());
           });
  };
  coroutine.flow()->reaches(handler, is_suspension, decide, is_asked);
  return next;
}

Ending ending(const Function& coroutine, const clang::CXXCatchStmt& handler, const Questions& questions) {
  Ending end;
  const auto look = [&](const clang::Stmt* stmt) {
    const auto* leave = llvm::dyn_cast<clang::CoreturnStmt>(stmt);
    if (leave && leave->getOperand() && is_empty_value(leave->getOperand())) end.at_empty = leave;
    return questions.asks(stmt);
  };
  end.returns = coroutine.flow()->returns(handler, in_case_of_cancellation, look);
  return end;
}

const clang::CXXThrowExpr* other_throw(const Function& coroutine, const clang::CXXCatchStmt& handler,
                                       const Classes& cancellations) {
  const clang::VarDecl* caught = handler.getExceptionDecl();
  for (const auto* thrown : coroutine.all<clang::CXXThrowExpr>()) {
    if (!coroutine.is_inside(thrown, &handler) || !thrown->getSubExpr()) continue;
    const clang::CXXRecordDecl* type = class_of(thrown->getSubExpr()->getType());
    if (!type || (caught && mentions(coroutine, thrown, caught))) continue;
    const bool is_cancellation =
        std::any_of(cancellations.begin(), cancellations.end(),
                    [&](const auto* cancellation) { return is_same_or_base(*cancellation, *type); });
    if (!is_cancellation &&
        coroutine.flow()->reaches(
            handler, [&](const clang::Stmt* stmt) { return stmt == thrown; }, in_case_of_cancellation))
      return thrown;
  }
  return nullptr;
}

}  // namespace corolint::cancellation
