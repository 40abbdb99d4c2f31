#include "dropped.h"

namespace corolint {

using namespace discarded;

namespace {

constexpr Message dropped_lazy{"dropped-lazy", "the '{0}' returned by '{1}' is dropped, so '{1}' never runs"};
constexpr Message dropped{"dropped",
                          "the '{0}' returned by '{1}' is dropped: nobody waits for it or sees its error"};

void report_dropped(Pass& pass, const Function& function, const clang::Expr* expr,
                    const Awaitable& awaitable) {
  pass.report(function, expr, awaitable.never_runs() ? dropped_lazy : dropped,
              {short_name(awaitable.name), callee_name(expr)})
      .label(what_happens(awaitable))
      .note(awaitable.evidence, what_evidence_shows(awaitable))
      .help(remedy(function));
}

// A `?:` whose arms are both awaitable is one mistake, not two: the author awaits the whole.
bool is_arm(const Function& function, const clang::Expr* expr) {
  for (const clang::Stmt* outer = function.parent(expr); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer))
    if (llvm::isa<clang::ConditionalOperator>(outer))
      return llvm::cast<clang::Expr>(outer)->getType()->isRecordType();
  return false;
}

void check_expressions(Pass& pass, const Function& function) {
  for (const auto* expr : function.all<clang::Expr>()) {
    const bool is_candidate =
        llvm::isa<clang::CallExpr, clang::CoawaitExpr, clang::ConditionalOperator>(expr);
    if (!expr->isPRValue() || !is_candidate || is_arm(function, expr)) continue;
    const ValueUse use = value_use(function, expr);
    if (use == ValueUse::used) continue;
    const auto awaitable = pass.awaitable(expr->getType());
    if (awaitable && !is_tolerated(*awaitable, use)) report_dropped(pass, function, expr, *awaitable);
  }
}

void check(Pass& pass) {
  for (const Function& function : pass.functions()) {
    check_expressions(pass, function);
    check_locals(pass, function);
    check_callbacks(pass, function);
  }
}

}  // namespace

Rule discarded_awaitable() {
  return {.check = check,
          .messages = {dropped_lazy, dropped, unused_lazy, unused, callback},
          .level = Level::error,
          .cwe = 252};
}

}  // namespace corolint
