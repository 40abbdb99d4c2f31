#include "starts.h"

#include <algorithm>

#include "coroutines/container.h"
#include "coroutines/loop.h"
#include "coroutines/scope_shape.h"
#include "coroutines/suspends.h"
#include "coroutines/value_use.h"
#include "rule/handlers.h"
#include "rule/waiting.h"
#include "unit/made_object.h"
#include "unit/names.h"

namespace corolint::fan_out {

namespace {

// Does the call hand work to a scope that no model names?
bool is_given_to_scope(const Pass& pass, const Call& call) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(call.callee);
  return method && call.receiver && adds_to_scope(*method, pass.ast());
}

// Is the value handed to a call that starts it? Then that call is what is said.
bool is_given_to_spawn(const Pass& pass, const Function& function, const clang::Expr* expr) {
  for (const clang::Stmt* outer = function.parent(expr); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer))
    if (const auto call = as_call(outer))
      if (const Entry* spawn = pass.find(Role::spawn, *call);
          (spawn && is_work(function, expr, *call, *spawn)) || is_given_to_scope(pass, *call))
        return true;
  return false;
}

// Returns the end of the chain that begins with `expr`: `f().then(…).finally(…)` for `f()`.
const clang::Expr* end_of_chain(const Pass& pass, const Function& function, const clang::Expr* expr) {
  for (const clang::Stmt* outer = function.parent(expr); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer))
    if (const auto* call = llvm::dyn_cast<clang::CXXMemberCallExpr>(outer)) {
      const bool goes_on = bare(call->getImplicitObjectArgument()) == bare(expr);
      if (!goes_on || !pass.awaitable(call->getType())) return expr;
      expr = call;
    }
  return expr;
}

// Does the variable's value go on: into a container, if it must be one, or to anybody?
bool is_moved_on(const Function& function, const clang::VarDecl& variable, bool to_container) {
  const auto calls = function.all<clang::CallExpr>();
  return std::any_of(calls.begin(), calls.end(), [&](const clang::CallExpr* call) {
    return call->isCallToStdMove() && root_object(call->getArg(0)) == &variable &&
           (!to_container || container_added_to(function, call));
  });
}

// Is a continuation of the future that the variable holds put into a container?
bool is_chained_on(const Pass& pass, const Function& function, const clang::VarDecl& variable) {
  return std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& call) {
    return call.receiver && root_object(call.receiver) == &variable &&
           container_added_to(function, end_of_chain(pass, function, call.expr));
  });
}

// Is the work over before the next round: its handle is a local of the loop that is waited for there, or that
// ends it when it dies?
bool ends_in_round(const Pass& pass, const Function& function, const clang::Expr* expr) {
  const clang::VarDecl* handle = initialised_variable(function, expr);
  const auto loops = loops_around(function, expr);
  if (!handle || loops.empty()) return false;
  for (const Suspension& suspension : function.suspensions())
    if (function.is_inside(suspension.expr, loops.front()) && mentions(function, suspension.operand, handle))
      return true;
  for (const Call& call : function.calls())
    if (call.receiver && root_object(call.receiver) == handle &&
        function.is_inside(call.expr, loops.front()) &&
        (pass.find(Role::sync_wait, call) || pass.find(Role::block, call) || pass.find(Role::limit, call)))
      return true;
  const auto awaitable = pass.awaitable(handle->getType());
  return awaitable && awaitable->owns_work() && !is_moved_on(function, *handle, false);
}

// Does the future of a function of the program go where others of its kind may pile up: into a container, or
// nowhere? One that a library returns may stand for nothing that runs.
bool piles_up(const Pass& pass, const Function& function, const Call& call, const Awaitable& awaitable) {
  if (!pass.unit().is_project(call.callee->getLocation())) return false;
  const clang::Expr* end = end_of_chain(pass, function, call.expr);
  if (value_use(function, end) != ValueUse::used) return !awaitable.owns_work();
  const clang::VarDecl* handle = initialised_variable(function, end);
  return container_added_to(function, end) ||
         (handle && (is_moved_on(function, *handle, true) || is_chained_on(pass, function, *handle)));
}

// Is it an eager coroutine without a point at which it may suspend? It is over when the call returns.
bool is_over_when_called(const Call& call) {
  const clang::FunctionDecl* defined = nullptr;
  if (!call.function() || !call.function()->hasBody(defined)) return false;
  const Function callee(*defined);
  return callee.is_coroutine() &&
         std::none_of(callee.suspensions().begin(), callee.suspensions().end(), may_suspend);
}

bool starts_by_type(const Pass& pass, const Function& function, const Call& call) {
  if (is_over_when_called(call)) return false;
  const clang::QualType type = call.expr->getType();
  if (pass.models().find(Role::task, type)) {
    const auto awaitable = pass.awaitable(type);
    return awaitable->start == Start::eager && piles_up(pass, function, call, *awaitable);
  }
  const AwaitableShape shape = coroutine_type_shape(type, pass.ast());
  return shape.type && shape.is_lazy && !*shape.is_lazy;
}

}  // namespace

bool starts_work(const Pass& pass, const Function& function, const Call& call) {
  const auto is_waited = [&] { return is_waited_for(pass, function, call.expr); };
  if (const Entry* spawn = pass.find(Role::spawn, call))
    return spawn->start != Start::lazy && !spawn->bounded && !is_waited() &&
           !ends_in_round(pass, function, call.expr);
  if (is_given_to_scope(pass, call)) return !is_waited();
  if (call.is_construction() || !call.function() || !call.expr->isPRValue()) return false;
  return starts_by_type(pass, function, call) && !is_waited() &&
         !is_given_to_spawn(pass, function, call.expr) && !ends_in_round(pass, function, call.expr);
}

std::string name_of_start(const Pass& pass, const Call& call) {
  const Entry* spawn = pass.find(Role::spawn, call);
  const clang::CXXRecordDecl* made = spawn && spawn->match.kind == Kind::ctor ? class_made(call) : nullptr;
  if (made) return qualified_name(*made);
  return qualified_name(*call.callee);
}

}  // namespace corolint::fan_out
