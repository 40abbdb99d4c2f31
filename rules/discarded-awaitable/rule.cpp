#include "dropped.h"
#include "unit/names.h"
#include "unit/type_argument.h"

namespace corolint {

using namespace discarded;

namespace {

constexpr Message dropped_lazy{"dropped-lazy", "the '{0}' returned by '{1}' is dropped, so '{1}' never runs"};
constexpr Message dropped{"dropped",
                          "the '{0}' returned by '{1}' is dropped: nobody waits for it or sees its error"};
constexpr Message dropped_ends{"dropped-ends",
                               "the '{0}' returned by '{1}' is dropped, and the work of '{1}' ends with it"};
constexpr Message dropped_waits{
    "dropped-waits",
    "the '{0}' returned by '{1}' is dropped, so the thread waits here until its work is done"};
constexpr Message dropped_review{
    "dropped-review", "the '{0}' returned by '{1}' is dropped: that is legal, but its error is lost"};
constexpr Message operation{"operation", "'{1}' is made and dropped without 'co_await', so it does nothing"};
constexpr Message hop{"hop", "'{1}' is not awaited, so the coroutine stays where it runs"};

bool is_hop(const Pass& pass, const clang::Expr* expr) {
  const auto call = as_call(bare(expr));
  return call && pass.find(Role::hop, *call);
}

const Message& message_for(const Pass& pass, const clang::Expr* expr, const Awaitable& awaitable) {
  if (takes_lock(pass, expr)) return unlocked;
  if (awaitable.never_runs() && is_hop(pass, expr)) return hop;
  if (!llvm::isa<clang::CallExpr, clang::CoawaitExpr, clang::ConditionalOperator>(expr)) return operation;
  if (awaitable.never_runs() && !awaitable.is_operation()) return dropped_lazy;
  if (awaitable.drop == Drop::cancel || awaitable.drop == Drop::cancel_wait) return dropped_ends;
  if (awaitable.drop == Drop::block) return dropped_waits;
  return awaitable.discard == Discard::review ? dropped_review : dropped;
}

FindingBuilder report_dropped(Pass& pass, const Function& function, const clang::Expr* expr,
                              const Awaitable& awaitable) {
  return pass
      .report(function, expr, message_for(pass, expr, awaitable), {awaitable.word, callee_name(pass, expr)})
      .label(what_happens(awaitable))
      .note(awaitable.evidence, what_evidence_shows(awaitable))
      .help(remedy(function, awaitable))
      .fix(await_it(pass, function, expr))
      .level(level_of(awaitable));
}

bool has_result(const clang::Expr* expr) {
  const clang::QualType result = type_argument(class_of(expr->getType()));
  return !result.isNull() && !result->isVoidType();
}

// Tasks of a type that may be dropped, and of which nothing but an error is lost. A program that starts its
// work so does it everywhere: that is one decision, and more than some are one finding.
class Reviews {
 public:
  bool take(const Function& function, const clang::Expr* expr, const Awaitable& awaitable) {
    const bool is_one = awaitable.discard == Discard::review && !awaitable.never_runs() && !has_result(expr);
    if (is_one) all_.push_back({&function, expr, awaitable});
    return is_one;
  }

  void report(Pass& pass) const {
    const std::size_t reported = all_.size() > most_alike ? 1 : all_.size();
    for (std::size_t i = 0; i < reported; ++i) {
      auto finding = report_dropped(pass, *all_[i].function, all_[i].expr, all_[i].awaitable);
      for (std::size_t other = reported; other < all_.size() && other < most_shown; ++other)
        finding.note(all_[other].expr, "likewise: " + std::to_string(other) + " of " +
                                           std::to_string(all_.size() - 1) +
                                           " more that this file drops; they are not reported one by one");
    }
  }

 private:
  static constexpr std::size_t most_alike = 3, most_shown = 11;

  struct One {
    const Function* function;
    const clang::Expr* expr;
    Awaitable awaitable;
  };
  std::vector<One> all_;
};

// A `?:` whose arms are both awaitable is one mistake, not two: the author awaits the whole.
bool is_arm(const Function& function, const clang::Expr* expr) {
  for (const clang::Stmt* outer = function.parent(expr); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer))
    if (llvm::isa<clang::ConditionalOperator>(outer))
      return llvm::cast<clang::Expr>(outer)->getType()->isRecordType();
  return false;
}

// Does `expr` make an operation out of nothing: `maybe_yield();`? A task is made by its coroutine, and one
// that is constructed holds no work.
bool makes_operation(const Pass& pass, const clang::Expr* expr) {
  if (!llvm::isa<clang::CXXTemporaryObjectExpr, clang::CXXFunctionalCastExpr>(expr)) return false;
  return !coroutine_type_shape(expr->getType(), pass.ast()).type;
}

bool is_candidate(const Pass& pass, const clang::Expr* expr) {
  return llvm::isa<clang::CallExpr, clang::CoawaitExpr, clang::ConditionalOperator>(expr) ||
         makes_operation(pass, expr);
}

void check_expressions(Pass& pass, const Function& function, Reviews& reviews) {
  for (const auto* expr : function.all<clang::Expr>()) {
    if (!expr->isPRValue() || !is_candidate(pass, expr) || is_arm(function, expr)) continue;
    const ValueUse use = value_use(function, expr);
    if (use == ValueUse::used) continue;
    const auto awaitable = must_await(pass, expr);
    if (!awaitable || is_tolerated(*awaitable, use) || reviews.take(function, expr, *awaitable)) continue;
    report_dropped(pass, function, expr, *awaitable);
  }
}

void check(Pass& pass) {
  Reviews reviews;
  for (const Function& function : pass.functions()) {
    check_expressions(pass, function, reviews);
    check_locals(pass, function);
    check_callbacks(pass, function);
    check_containers(pass, function);
    check_conditions(pass, function);
    check_empty(pass, function);
    check_ignored_results(pass, function);
  }
  reviews.report(pass);
}

}  // namespace

Rule discarded_awaitable() {
  return {.check = check,
          .messages = {dropped_lazy, dropped, dropped_ends, dropped_waits, dropped_review, operation, hop,
                       unlocked, unused_lazy, unused, unseen, kept_lazy, kept, callback, callback_eager,
                       condition, empty, ignored},
          .level = Level::error,
          .cwe = 252,
          .conclude = conclude_containers,
          .options = {ignored_results},
          .group = "lost-work",
          .precision = Precision::medium};
}

}  // namespace corolint
