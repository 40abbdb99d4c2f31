#include "count_guard.h"

#include <algorithm>

#include "compared_counts.h"
#include "coroutines/loop.h"

namespace corolint::fan_out {

namespace {

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
