#include "bounds.h"

#include <algorithm>
#include <map>

#include "coroutines/flow.h"
#include "coroutines/value_use.h"

namespace corolint {

namespace {

bool waits_for_timer(const Pass& pass, const Function& function) {
  return std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& call) {
    const Entry* entry = pass.find(Role::io_wait, call);
    return entry && entry->subject == "timer";
  });
}

bool is_watchdog(const clang::Expr* expr, const Functions& alarms) {
  const auto call = as_call(bare(expr));
  return call && call->function() && alarms.contains(call->function()->getCanonicalDecl());
}

// Does `call` end the work it is given: the first of its operands ends the others, one of them is a watchdog
// that throws when time is up, or it cancels after a time?
bool is_limiting(const Pass& pass, const Call& call, const Functions& alarms) {
  if (pass.find(Role::timeout, call)) return true;
  const Entry* combinator = pass.find(Role::combine, call);
  return combinator &&
         (combinator->any || std::any_of(call.arguments.begin(), call.arguments.end(),
                                         [&](const auto* operand) { return is_watchdog(operand, alarms); }));
}

bool has_limiting_argument(const Pass& pass, const Call& call) {
  return std::any_of(call.arguments.begin(), call.arguments.end(), [&](const clang::Expr* argument) {
    return pass.models().mentions(Role::timeout, argument->getType());
  });
}

bool ends_operations(const Call& call) {
  const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(call.callee);
  if (!method || !method->getIdentifier()) return false;
  return method->getName() == "cancel" || method->getName() == "close" || method->getName() == "shutdown";
}

// Is `function` a watchdog, or a lambda in one?
bool acts_on_timer(const Function& function, const Functions& timed) {
  for (const clang::DeclContext* context = &function.declaration(); context; context = context->getParent())
    if (const auto* outer = llvm::dyn_cast<clang::FunctionDecl>(context))
      if (timed.contains(outer->getCanonicalDecl())) return true;
  return false;
}

}  // namespace

bool is_limited_here(const Pass& pass, const Function& function, const clang::Stmt* expr,
                     const Functions& alarms) {
  for (; llvm::isa_and_nonnull<clang::Expr>(expr); expr = function.parent(expr))
    if (const auto call = as_call(expr);
        call && (is_limiting(pass, *call, alarms) || has_limiting_argument(pass, *call)))
      return true;
  return false;
}

bool is_limited(const Bounds& bounds, const clang::ValueDecl* object, const Function& function,
                const Call& call) {
  return bounds.ended.contains(object) ||
         std::any_of(bounds.deadlines.begin(), bounds.deadlines.end(), [&](const Deadline& deadline) {
           if (deadline.object != object) return false;
           return deadline.function != &function || !function.flow() ||
                  function.flow()->may_follow(deadline.expr, call.expr);
         });
}

namespace {

void add_bounds_of(const Pass& pass, const Function& function, Bounds& bounds) {
  const bool on_timer = acts_on_timer(function, bounds.timed);
  for (const Call& call : function.calls()) {
    const clang::ValueDecl* object = root_object(object_of(call));
    if (object && pass.find(Role::deadline, call)) bounds.deadlines.push_back({object, &function, call.expr});
    if (object && on_timer && ends_operations(call)) bounds.ended.insert(object);
    if (const auto* callee = call.function();
        callee && is_limited_here(pass, function, call.expr, bounds.alarms))
      bounds.limited.insert(callee->getCanonicalDecl());
  }
}

// Returns the definitions of the unit's functions, by any of their declarations.
std::map<const clang::FunctionDecl*, const clang::FunctionDecl*> definitions_of(const Pass& pass) {
  std::map<const clang::FunctionDecl*, const clang::FunctionDecl*> definitions;
  for (const Function& function : pass.functions())
    definitions.emplace(function.declaration().getCanonicalDecl(), &function.declaration());
  return definitions;
}

// A stream made from a limited one, such as an ssl_stream around a tcp_stream, is limited with it.
bool wrap(const Function& function, const Call& call, Bounds& bounds) {
  const clang::VarDecl* made = call.is_construction() ? initialised_variable(function, call.expr) : nullptr;
  const bool is_made_from_limited =
      made && std::any_of(call.arguments.begin(), call.arguments.end(), [&](const auto* part) {
        const clang::ValueDecl* object = root_object(part);
        return object && is_limited(bounds, object, function, call);
      });
  return is_made_from_limited && bounds.ended.insert(made).second;
}

// What is limited in a caller is limited in the function that it is passed to.
bool pass_on(const Function& function, const Call& call, const clang::FunctionDecl& callee, Bounds& bounds) {
  bool has_grown = false;
  const std::size_t count = std::min<std::size_t>(call.arguments.size(), callee.getNumParams());
  for (std::size_t i = 0; i < count; ++i) {
    const clang::ValueDecl* object = root_object(call.arguments[i]);
    if (object && is_limited(bounds, object, function, call))
      has_grown |= bounds.ended.insert(callee.getParamDecl(static_cast<unsigned>(i))).second;
  }
  return has_grown;
}

// Hands limits down to wrappers and callees until nothing is new.
void hand_down(const Pass& pass, Bounds& bounds) {
  const auto definitions = definitions_of(pass);
  for (bool has_grown = true; has_grown;) {
    has_grown = false;
    for (const Function& function : pass.functions())
      for (const Call& call : function.calls()) {
        has_grown |= wrap(function, call, bounds);
        const auto callee =
            call.function() ? definitions.find(call.function()->getCanonicalDecl()) : definitions.end();
        if (callee != definitions.end() && !llvm::isa<clang::CXXOperatorCallExpr>(call.expr))
          has_grown |= pass_on(function, call, *callee->second, bounds);
      }
  }
}

}  // namespace

Bounds bounds_of(const Pass& pass) {
  Bounds bounds;
  for (const Function& function : pass.functions())
    if (waits_for_timer(pass, function)) {
      bounds.timed.insert(function.declaration().getCanonicalDecl());
      if (!function.all<clang::CXXThrowExpr>().empty())
        bounds.alarms.insert(function.declaration().getCanonicalDecl());
    }
  for (const Function& function : pass.functions()) add_bounds_of(pass, function, bounds);
  hand_down(pass, bounds);
  return bounds;
}

}  // namespace corolint
