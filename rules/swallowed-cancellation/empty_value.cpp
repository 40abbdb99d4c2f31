#include "empty_value.h"

#include <algorithm>

#include "coroutines/comparison.h"
#include "coroutines/flow.h"
#include "coroutines/value_use.h"

namespace corolint::cancellation {

namespace {

// What an await gives, and the variable that keeps it, if there is one.
struct Value {
  const clang::Expr* await;
  const clang::VarDecl* variable;

  bool is(const clang::Expr* expr) const {
    expr = bare(expr);
    const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(expr);
    return expr == bare(await) || (name && name->getDecl() == variable);
  }
};

// Is it `nullptr`, `std::nullopt` or `false`?
bool is_nothing(const clang::Expr* expr) {
  expr = bare(expr);
  if (const auto* truth = llvm::dyn_cast<clang::CXXBoolLiteralExpr>(expr)) return !truth->getValue();
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(expr);
  return llvm::isa<clang::CXXNullPtrLiteralExpr>(expr) ||
         (name && name->getDecl()->getIdentifier() && name->getDecl()->getName() == "nullopt");
}

// Returns what the condition is if the value is empty; nothing for one about something else.
std::optional<bool> when_empty(const clang::Expr& condition, const Value& value) {
  const clang::Expr* plain = bare(&condition);
  if (value.is(plain)) return false;
  if (const auto* negation = llvm::dyn_cast<clang::UnaryOperator>(plain);
      negation && negation->getOpcode() == clang::UO_LNot) {
    const auto inner = when_empty(*negation->getSubExpr(), value);
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  if (const auto call = as_call(plain); call && call->receiver && value.is(call->receiver)) {
    if (llvm::isa<clang::CXXConversionDecl>(call->callee)) return false;
    const clang::IdentifierInfo* name = call->callee->getIdentifier();
    if (name && name->getName() == "has_value") return false;
    if (name && name->getName() == "empty") return true;
  }
  const auto comparison = as_comparison(*plain);
  if (!comparison || !value.is(comparison->left) || !is_nothing(comparison->right)) return std::nullopt;
  if (comparison->kind == clang::BO_EQ) return true;
  return comparison->kind == clang::BO_NE ? std::optional(false) : std::nullopt;
}

}  // namespace

bool leaves_if_empty(const Function& coroutine, const clang::CoawaitExpr* await) {
  const Value value{await, initialised_variable(coroutine, await)};
  const auto& suspensions = coroutine.suspensions();
  return !coroutine.flow()->comes_to(
      await,
      [&](const clang::Stmt* stmt) {
        return std::any_of(suspensions.begin(), suspensions.end(),
                           [&](const Suspension& suspension) { return suspension.expr == stmt; });
      },
      [](const clang::Stmt*) { return false; },
      [&](const clang::Expr& condition) { return when_empty(condition, value); });
}

}  // namespace corolint::cancellation
