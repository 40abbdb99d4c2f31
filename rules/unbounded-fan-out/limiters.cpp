#include "limiters.h"

#include <algorithm>
#include <array>

#include "coroutines/flow.h"
#include "coroutines/value_use.h"
#include "rule/permit.h"
#include "unit/names.h"

namespace corolint::fan_out {

namespace {

constexpr long long enormous = 1'000'000'000;

// Something awaited that limits: by its model, or a wait that yields nothing or a permit. What brings the
// work (a receive, an accept) does not limit it.
bool limits(const Pass& pass, const Function& function, const Suspension& suspension) {
  if (awaits_permit(pass, suspension)) return true;
  const auto call = as_call(bare(suspension.operand));
  if (!call || suspension.is_yield) return false;
  const bool yields_nothing =
      suspension.expr->getType()->isVoidType() || value_use(function, suspension.expr) != ValueUse::used;
  return yields_nothing && !pass.find(Role::io_wait, *call);
}

// Returns the limiter itself: the awaited object, or the one that the call is made on or given.
const clang::ValueDecl* limiter_of(const clang::Expr* expr) {
  const auto call = as_call(bare(expr));
  return root_object(call && object_of(*call) ? object_of(*call) : expr);
}

// Returns what every round passes where the limiter says by giving nothing to wait for that there is room,
// `if (auto full = limit()) co_await std::move(*full);`: the condition. Else the await.
const clang::Expr* asked_first(const Function& function, const Suspension& suspension) {
  const auto* branch = function.around<clang::IfStmt>(suspension.expr);
  const auto* limiter = llvm::dyn_cast_or_null<clang::VarDecl>(limiter_of(suspension.operand));
  const bool is_answer =
      limiter && limiter->isLocalVarDecl() && limiter->getInit() && as_call(initial_value(*limiter));
  const bool is_asked = branch && is_answer && function.is_inside(suspension.expr, branch->getThen()) &&
                        mentions(function, branch->getCond(), limiter);
  return is_asked ? branch->getCond() : suspension.expr;
}

bool gives_back(const clang::NamedDecl& method) {
  constexpr std::array names = {"post", "release", "signal", "unlock_shared", "up"};
  const clang::IdentifierInfo* name = method.getIdentifier();
  return name && std::find(names.begin(), names.end(), name->getName()) != names.end();
}

// Is the permit back before the next round, whether the work has ended or not: nobody but the round has it,
// or the round itself returns it?
bool is_back_too_early(const Function& function, const clang::Stmt& loop, const clang::Expr* permit,
                       const clang::ValueDecl* limiter, const clang::Expr* work) {
  const clang::VarDecl* keeper = initialised_variable(function, permit);
  const clang::CXXRecordDecl* record = keeper ? class_of(keeper->getType()) : nullptr;
  if (record && record->hasDefinition() && !record->hasTrivialDestructor() && !keeper->isReferenced())
    return true;
  const Flow& flow = *function.flow();
  return std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& call) {
    return call.receiver && root_object(call.receiver) == limiter && gives_back(*call.callee) &&
           function.is_inside(call.expr, &loop) && flow.may_follow(work, call.expr) &&
           !flow.may_follow(work, work, call.expr);
  });
}

std::string why_idle(const Function& function, const clang::Stmt& loop, const clang::ValueDecl* limiter) {
  const auto* variable = llvm::dyn_cast_or_null<clang::VarDecl>(limiter);
  if (!variable || !variable->isLocalVarDecl() || variable->isStaticLocal() || !variable->getInit())
    return {};
  const auto made = as_call(variable->getInit()->IgnoreImplicit());
  if (!made || !made->is_construction()) return {};
  if (function.is_inside(made->expr, &loop)) return "limits nothing: it is made anew in every round";
  const bool is_open = std::any_of(made->arguments.begin(), made->arguments.end(), [&](const auto* argument) {
    return is_no_limit(argument, variable->getASTContext());
  });
  return is_open ? "limits nothing: it lets all of them through" : "";
}

}  // namespace

Limiters limiters_in(const Pass& pass, const Function& function, const clang::Stmt& loop,
                     const clang::Expr* work) {
  Limiters found;
  const auto look_at = [&](const clang::Expr* expr, const clang::Expr* operand) {
    const bool is_passed = function.is_inside(expr, &loop) && !function.is_inside(expr, work) &&
                           !function.flow()->may_follow(work, work, expr);
    if (!is_passed) return;
    const clang::ValueDecl* limiter = limiter_of(operand);
    std::string why = is_back_too_early(function, loop, expr, limiter, work)
                          ? "limits nothing: its permit is given back before the work is done"
                          : why_idle(function, loop, limiter);
    found.limit |= why.empty();
    if (!why.empty() && !found.idle) found.idle = limiter, found.why_idle = std::move(why);
  };
  for (const Suspension& suspension : function.suspensions())
    if (limits(pass, function, suspension)) look_at(asked_first(function, suspension), suspension.operand);
  for (const Call& call : function.calls()) {
    if (!pass.find(Role::limit, call)) continue;
    const auto* await = function.around<clang::CoawaitExpr>(call.expr);
    look_at(await ? await : call.expr, call.expr);
  }
  return found;
}

bool is_no_limit(const clang::Expr* number, const clang::ASTContext& context) {
  number = bare(number);
  if (number->isValueDependent() || !number->getType()->isIntegralOrEnumerationType()) return false;
  if (const auto value = number->getIntegerConstantExpr(context))
    return value->isNegative() || value->getActiveBits() > 62 || value->getExtValue() >= enormous;
  const auto call = as_call(number);
  const clang::IdentifierInfo* name = call ? call->callee->getIdentifier() : nullptr;
  return name && name->getName() == "size";
}

bool is_bounded(const Pass& pass, const Call& call, const Entry& combinator) {
  const clang::Expr* limit =
      combinator.limit_argument ? argument_at(call, *combinator.limit_argument) : nullptr;
  if (limit) return !is_no_limit(limit, pass.ast());
  return combinator.bounded || combinator.limit_argument;
}

}  // namespace corolint::fan_out
