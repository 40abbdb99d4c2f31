#include "after_handler.h"

#include "coroutines/caught.h"
#include "coroutines/comparison.h"
#include "coroutines/flow.h"

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

const Suspension* next_suspension(const Function& coroutine, const clang::CXXCatchStmt& handler) {
  const Suspension* next = nullptr;
  const auto is_suspension = [&](const clang::Stmt* stmt) {
    for (const Suspension& suspension : coroutine.suspensions())
      if (suspension.expr == stmt) next = &suspension;
    return next != nullptr;
  };
  coroutine.flow()->reaches(handler, is_suspension, in_case_of_cancellation);
  return next;
}

}  // namespace corolint::cancellation
