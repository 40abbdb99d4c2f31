#include "bounds.h"

#include <algorithm>
#include <optional>

#include "coroutines/callable.h"
#include "coroutines/flow.h"
#include "object.h"
#include "rule/waiting.h"
#include "setters.h"
#include "unit/names.h"

namespace corolint::timeout {

namespace {

// Is `function` a watchdog, or a lambda in one?
bool acts_on_timer(const Function& function, const Functions& timed) {
  for (const clang::DeclContext* context = &function.declaration(); context; context = context->getParent())
    if (const auto* outer = llvm::dyn_cast<clang::FunctionDecl>(context))
      if (timed.contains(outer->getCanonicalDecl())) return true;
  return false;
}

bool is_variable_of(const clang::ValueDecl* object, const Function& function) {
  const auto* variable = llvm::dyn_cast_or_null<clang::VarDecl>(object);
  return variable && variable->getDeclContext() == &function.declaration();
}

// Returns the guard that the lambda `handler` makes if it is given to a timer of its function and ends
// `object`, a variable of that function; nothing else is sure to be over with a scope.
std::optional<Guard> guard_of(const Pass& pass, const Function& handler, const clang::ValueDecl* object) {
  for (const Function& outer : pass.functions()) {
    if (!handler.is_lambda() || !is_variable_of(object, outer)) continue;
    for (const auto* lambda : outer.all<clang::LambdaExpr>())
      if (is_body_of(handler, *lambda))
        for (const Call& call : outer.calls()) {
          const Entry* wait = outer.is_inside(lambda, call.expr) ? pass.find(Role::io_wait, call) : nullptr;
          const auto* timer = llvm::dyn_cast_or_null<clang::VarDecl>(root_object(object_of(call)));
          if (wait && wait->subject == "timer" && timer && is_variable_of(timer, outer))
            return Guard{object, &outer, timer};
        }
  }
  return std::nullopt;
}

// Returns the block in which the variable lives.
const clang::Stmt* scope_of(const Function& function, const clang::VarDecl& variable) {
  for (const auto* statement : function.all<clang::DeclStmt>())
    if (std::find(statement->decl_begin(), statement->decl_end(), &variable) != statement->decl_end())
      return function.around<clang::CompoundStmt>(statement);
  return nullptr;
}

// Has the timer been cancelled on every way to `at`, and not been set again?
bool is_over_before(const Pass& pass, const Guard& guard, const clang::Expr* at) {
  const Function& function = *guard.function;
  const auto is_on_timer = [&](const Call& call) { return root_object(object_of(call)) == guard.timer; };
  const auto is_set_between = [&](const Call& cancel) {
    return std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& call) {
      return is_on_timer(call) && pass.find(Role::io_wait, call) &&
             function.flow()->may_follow(cancel.expr, call.expr) &&
             function.flow()->may_follow(call.expr, at);
    });
  };
  return function.flow() &&
         std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& call) {
           return is_on_timer(call) && ends_operations(call) &&
                  function.flow()->always_before(call.expr, at) && !is_set_between(call);
         });
}

bool covers(const Pass& pass, const Guard& guard, const Function& function, const clang::Expr* at) {
  if (guard.function != &function) return true;
  const clang::Stmt* scope = scope_of(function, *guard.timer);
  return (!scope || function.is_inside(at, scope)) && !is_over_before(pass, guard, at);
}

// Returns the functions that close or cancel what they are given: `close_socket(socket)`.
Functions enders_in(const Pass& pass) {
  Functions enders;
  for (const Function& function : pass.functions())
    if (std::any_of(function.calls().begin(), function.calls().end(), ends_operations))
      enders.insert(function.declaration().getCanonicalDecl());
  return enders;
}

bool is_one_of(const Functions& functions, const Call& call) {
  return call.function() && functions.contains(call.function()->getCanonicalDecl());
}

void add_bounds_of(const Pass& pass, const Function& function, const Functions& enders,
                   const Functions& setters, LimitsAround& around, Bounds& bounds) {
  const bool on_timer = acts_on_timer(function, bounds.timed);
  for (const Call& call : function.calls()) {
    if (on_timer && is_one_of(enders, call))
      for (const clang::Expr* argument : call.arguments)
        if (const auto* given = limited_object(argument)) bounds.ended.insert(given);
    const bool sets_deadline = pass.find(Role::deadline, call) || is_one_of(setters, call);
    const bool ends = on_timer && ends_operations(call);
    const clang::ValueDecl* object = sets_deadline || ends ? limited_object(object_of(call)) : nullptr;
    if (object && sets_deadline) bounds.deadlines.push_back({object, &function, call.expr});
    if (object && ends) {
      if (const auto guard = guard_of(pass, function, object))
        bounds.guards.push_back(*guard);
      else
        bounds.ended.insert(object);
    }
    if (const auto* callee = call.function(); callee && around.is_limited(function, call.expr))
      bounds.limited.insert(callee->getCanonicalDecl());
  }
}

}  // namespace

bool is_limited(const Pass& pass, const Bounds& bounds, const clang::ValueDecl* object,
                const Function& function, const Call& call) {
  return bounds.ended.contains(object) ||
         std::any_of(bounds.guards.begin(), bounds.guards.end(),
                     [&](const Guard& guard) {
                       return guard.object == object && covers(pass, guard, function, call.expr);
                     }) ||
         std::any_of(bounds.deadlines.begin(), bounds.deadlines.end(), [&](const Deadline& deadline) {
           if (deadline.object != object) return false;
           return deadline.function != &function || !function.flow() ||
                  function.flow()->may_follow(deadline.expr, call.expr);
         });
}

Bounds bounds_of(const Pass& pass) {
  Bounds bounds;
  for (const Function& function : pass.functions())
    if (waits_for(pass, function, "timer")) {
      bounds.timed.insert(function.declaration().getCanonicalDecl());
      if (!function.all<clang::CXXThrowExpr>().empty())
        bounds.alarms.insert(function.declaration().getCanonicalDecl());
    }
  const Functions enders = enders_in(pass), setters = setters_in(pass);
  LimitsAround around(pass, bounds.alarms);
  for (const Function& function : pass.functions())
    add_bounds_of(pass, function, enders, setters, around, bounds);
  return bounds;
}

}  // namespace corolint::timeout
