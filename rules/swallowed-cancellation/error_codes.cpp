#include "error_codes.h"

#include <algorithm>

#include "coroutines/comparison.h"
#include "coroutines/flow.h"
#include "coroutines/loop.h"
#include "coroutines/value_use.h"
#include "flag_of_canceller.h"
#include "logging.h"
#include "stop_flags.h"
#include "unit/names.h"

namespace corolint::cancellation {

namespace {

bool is_error_code(clang::QualType type) {
  const auto names = class_names(type);
  return std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return name == "std::error_code" || name == "boost::system::error_code";
  });
}

// Returns the variable that takes the error of the awaited operation, or null: the first binding of a tuple,
// or the error_code that is given to the call or its token.
const clang::ValueDecl* error_of(const Pass& pass, const Function& coroutine, const Suspension& suspension) {
  if (const auto* statement = coroutine.around<clang::DeclStmt>(suspension.expr))
    for (const clang::Decl* declaration : statement->decls())
      if (const auto* tuple = llvm::dyn_cast<clang::DecompositionDecl>(declaration);
          tuple && !tuple->bindings().empty() && is_error_code(tuple->bindings()[0]->getType()))
        return tuple->bindings()[0];
  for (const Call& call : coroutine.calls())
    if (coroutine.is_inside(call.expr, suspension.operand) && pass.find(Role::as_value, call))
      for (const clang::Expr* argument : call.arguments)
        if (const auto* object = root_object(argument); object && is_error_code(object->getType()))
          return object;
  return nullptr;
}

// Returns the awaited operation, a wait for a peer. To cancel a timer or a channel is also how one is woken.
const Call* peer_wait(const Pass& pass, const Function& coroutine, const Suspension& suspension) {
  for (const Call& call : coroutine.calls()) {
    const Entry* wait =
        coroutine.is_inside(call.expr, suspension.operand) ? pass.find(Role::io_wait, call) : nullptr;
    if (wait && wait->subject != "timer" && wait->subject != "event" && wait->subject != "wait") return &call;
  }
  return nullptr;
}

bool names(const clang::Expr* expr, const clang::ValueDecl* variable) {
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(bare(expr));
  return reference && reference->getDecl() == variable;
}

// Returns the variable in `error`, `!error`, `error == code` with what that is in case of cancellation;
// nothing for another condition.
std::optional<bool> when_cancelled(const clang::Expr& condition, const clang::ValueDecl* error) {
  const clang::Expr* plain = bare(&condition);
  if (const auto* negation = llvm::dyn_cast<clang::UnaryOperator>(plain);
      negation && negation->getOpcode() == clang::UO_LNot) {
    const auto inner = when_cancelled(*negation->getSubExpr(), error);
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  if (const auto* call = llvm::dyn_cast<clang::CXXMemberCallExpr>(plain);
      call && llvm::isa<clang::CXXConversionDecl>(call->getMethodDecl()) &&
      names(call->getImplicitObjectArgument(), error))
    return true;
  if (names(plain, error)) return true;
  const auto comparison = as_comparison(*plain);
  if (!comparison || !(names(comparison->left, error) || names(comparison->right, error)))
    return std::nullopt;
  if (comparison->kind == clang::BO_EQ) return false;
  return comparison->kind == clang::BO_NE ? std::optional(true) : std::nullopt;
}

// Returns the number of bytes that the operation gives beside its error, or null. After an error that is
// none.
const clang::ValueDecl* count_beside(const clang::ValueDecl* error) {
  const auto* binding = llvm::dyn_cast<clang::BindingDecl>(error);
  const auto* tuple =
      binding ? llvm::dyn_cast<clang::DecompositionDecl>(binding->getDecomposedDecl()) : nullptr;
  if (!tuple || tuple->bindings().size() < 2) return nullptr;
  const clang::BindingDecl* count = tuple->bindings()[1];
  return count->getType()->isIntegerType() ? count : nullptr;
}

// Returns what `count == 0`, `count > 0` and the like are for a count of none; nothing for another condition.
std::optional<bool> when_none(const clang::Expr& condition, const clang::ValueDecl* count,
                              const clang::ASTContext& context) {
  const clang::Expr* plain = bare(&condition);
  if (const auto* negation = llvm::dyn_cast<clang::UnaryOperator>(plain);
      negation && negation->getOpcode() == clang::UO_LNot && names(negation->getSubExpr(), count))
    return true;
  if (names(plain, count)) return false;
  const auto comparison = as_comparison(*plain);
  if (!comparison || !names(comparison->left, count)) return std::nullopt;
  const auto number = comparison->right->getIntegerConstantExpr(context);
  if (!number) return std::nullopt;
  switch (comparison->kind) {
    case clang::BO_EQ:
      return number->isZero();
    case clang::BO_NE:
    case clang::BO_LT:
      return !number->isZero();
    case clang::BO_LE:
      return true;
    default:
      return comparison->kind == clang::BO_GE && number->isZero();
  }
}

// Is this use of the error no more than a look: a test that `when_cancelled` answers, or its text in a log?
// Any other use may be what ends the loop.
bool only_looks(const Function& coroutine, const clang::DeclRefExpr& use, const clang::ValueDecl* error) {
  bool is_test = false;
  const clang::Stmt* outer = coroutine.parent(&use);
  for (; llvm::isa_and_nonnull<clang::Expr>(outer); outer = coroutine.parent(outer)) {
    if (shows(*llvm::cast<clang::Expr>(outer))) return true;
    const auto* method = llvm::dyn_cast<clang::CXXMemberCallExpr>(outer);
    const bool is_method = method && names(method->getImplicitObjectArgument(), error);
    if (is_method && !llvm::isa<clang::CXXConversionDecl>(method->getMethodDecl())) return true;
    const bool is_compared = as_comparison(*llvm::cast<clang::Expr>(outer)).has_value();
    if (!is_method && !is_compared && as_call(outer)) return false;
    is_test = is_test || is_method || is_compared;
  }
  return is_test &&
         llvm::isa_and_nonnull<clang::IfStmt, clang::WhileStmt, clang::ForStmt, clang::DoStmt>(outer);
}

void check_suspension(Pass& pass, const Function& coroutine, const Suspension& suspension,
                      const Questions& questions) {
  const auto loops = loops_around(coroutine, suspension.expr);
  const Call* wait = loops.empty() ? nullptr : peer_wait(pass, coroutine, suspension);
  const clang::ValueDecl* error = wait ? error_of(pass, coroutine, suspension) : nullptr;
  if (!error) return;
  const clang::ValueDecl* object = root_object(object_of(*wait));
  const clang::DeclRefExpr* test = nullptr;
  for (const auto* use : coroutine.all<clang::DeclRefExpr>())
    if (use->getDecl() == error && !coroutine.is_inside(use, suspension.expr)) {
      if (!only_looks(coroutine, *use, error)) return;
      if (!test && coroutine.is_inside(use, loops.back())) test = use;
    }
  if (!test) return;  // ignored altogether: often on purpose
  // A question to the object, such as is_open(), may end the loop as well, and out of another suspension,
  // such as a pause before the next try, the cancellation comes as an exception.
  const auto ends = [&](const clang::Stmt* stmt) {
    if (llvm::isa<clang::CoawaitExpr>(stmt) && stmt != suspension.expr) return true;
    const auto call = as_call(stmt);
    return questions.asks(stmt) || (call && call->receiver && call->expr->getType()->isBooleanType() &&
                                    root_object(call->receiver) == object);
  };
  const clang::ValueDecl* count = count_beside(error);
  const auto decide = [&](const clang::Expr& condition) {
    const auto answer = when_cancelled(condition, error);
    return answer || !count ? answer : when_none(condition, count, pass.ast());
  };
  if (!coroutine.flow()->comes_back(suspension.expr, decide, ends)) return;
  if (ends_with_canceller(pass, coroutine, suspension.expr)) return;
  pass.report(coroutine, test, code_goes_round, {qualified_name(*wait->callee), coroutine.name()})
      .label("after cancel() or close() the operation fails at once, and the loop spins")
      .note(suspension.expr, "cancellation arrives here")
      .help("leave the loop when the error is the code of cancellation")
      .level(is_in_loop_with_flag(coroutine, suspension.expr) ? Level::note : Level::warning);
}

}  // namespace

void check_error_codes(Pass& pass, const Function& coroutine, const Questions& questions) {
  for (const Suspension& suspension : coroutine.suspensions())
    check_suspension(pass, coroutine, suspension, questions);
}

}  // namespace corolint::cancellation
