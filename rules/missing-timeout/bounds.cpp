#include "bounds.h"

#include <algorithm>

#include "coroutines/flow.h"
#include "rule/waiting.h"

namespace corolint::timeout {

namespace {

// Is `function` a watchdog, or a lambda in one?
bool acts_on_timer(const Function& function, const Functions& timed) {
  for (const clang::DeclContext* context = &function.declaration(); context; context = context->getParent())
    if (const auto* outer = llvm::dyn_cast<clang::FunctionDecl>(context))
      if (timed.contains(outer->getCanonicalDecl())) return true;
  return false;
}

// Returns the functions that close or cancel what they are given: `close_socket(socket)`.
Functions enders_in(const Pass& pass) {
  Functions enders;
  for (const Function& function : pass.functions())
    if (std::any_of(function.calls().begin(), function.calls().end(), ends_operations))
      enders.insert(function.declaration().getCanonicalDecl());
  return enders;
}

void add_bounds_of(const Pass& pass, const Function& function, const Functions& enders, Bounds& bounds) {
  const bool on_timer = acts_on_timer(function, bounds.timed);
  for (const Call& call : function.calls()) {
    if (const auto* callee = call.function();
        on_timer && callee && enders.contains(callee->getCanonicalDecl()))
      for (const clang::Expr* argument : call.arguments)
        if (const auto* given = root_object(argument)) bounds.ended.insert(given);
    const clang::ValueDecl* object = root_object(object_of(call));
    if (object && pass.find(Role::deadline, call)) bounds.deadlines.push_back({object, &function, call.expr});
    if (object && on_timer && ends_operations(call)) bounds.ended.insert(object);
    if (const auto* callee = call.function();
        callee && is_limited_here(pass, function, call.expr, bounds.alarms))
      bounds.limited.insert(callee->getCanonicalDecl());
  }
}

}  // namespace

bool is_limited(const Bounds& bounds, const clang::ValueDecl* object, const Function& function,
                const Call& call) {
  return bounds.ended.contains(object) ||
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
  const Functions enders = enders_in(pass);
  for (const Function& function : pass.functions()) add_bounds_of(pass, function, enders, bounds);
  return bounds;
}

}  // namespace corolint::timeout
