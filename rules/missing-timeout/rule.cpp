#include <algorithm>
#include <set>

#include "coroutines/flow.h"
#include "rule/pass.h"
#include "unit/names.h"

namespace corolint {

namespace {

constexpr Message unbounded{"unbounded", "'{0}' waits for the peer without a time limit in coroutine '{1}'"};

using Functions = std::set<const clang::FunctionDecl*>;

// A call that bounds the later waits on an object.
struct Deadline {
  const clang::ValueDecl* object;
  const Function* function;
  const clang::Expr* expr;
};

// What of a unit bounds a wait from outside: found once, asked for every wait.
struct Bounds {
  Functions timed;                            // wait for a timer themselves
  Functions alarms;                           // those of them that throw when time is up: watchdogs
  Functions limited;                          // called under something that ends them
  std::set<const clang::ValueDecl*> ended;    // a watchdog ends what waits on these objects
  std::vector<Deadline> deadlines;
};

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

// Does `call` end the work it is given: the first of its operands ends the others, one of them is a watchdog that
// throws when time is up, or it cancels after a time?
bool is_limiting(const Pass& pass, const Call& call, const Functions& alarms) {
  if (pass.find(Role::timeout, call)) return true;
  const Entry* combinator = pass.find(Role::combine, call);
  return combinator && (combinator->any || std::any_of(call.arguments.begin(), call.arguments.end(), [&](const auto* operand) {
           return is_watchdog(operand, alarms);
         }));
}

bool has_limiting_argument(const Pass& pass, const Call& call) {
  return std::any_of(call.arguments.begin(), call.arguments.end(), [&](const clang::Expr* argument) {
    return pass.models().mentions(Role::timeout, argument->getType());
  });
}

// Does something around `expr` in the same expression limit it?
bool is_limited_here(const Pass& pass, const Function& function, const clang::Stmt* expr, const Functions& alarms) {
  for (; llvm::isa_and_nonnull<clang::Expr>(expr); expr = function.parent(expr))
    if (const auto call = as_call(expr); call && (is_limiting(pass, *call, alarms) || has_limiting_argument(pass, *call)))
      return true;
  return false;
}

// Does the call carry its own limit: a duration, a point in time, a token that stops it?
bool takes_limit(const Call& call, const Entry& entry) {
  if (entry.deadline_argument && *entry.deadline_argument < static_cast<int>(call.arguments.size())) return true;
  return std::any_of(call.arguments.begin(), call.arguments.end(), [](const clang::Expr* argument) {
    const auto names = class_names(argument->getType());
    return std::any_of(names.begin(), names.end(), [](const std::string& name) {
      return name == "std::chrono::duration" || name == "std::chrono::time_point" || name == "std::stop_token";
    });
  });
}

const clang::ValueDecl* waited_on(const Call& call, const Entry& entry) {
  if (!entry.on) return root_object(object_of(call));
  const auto position = static_cast<std::size_t>(*entry.on);
  return position < call.arguments.size() ? root_object(call.arguments[position]) : nullptr;
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

void add_bounds_of(const Pass& pass, const Function& function, Bounds& bounds) {
  const bool on_timer = acts_on_timer(function, bounds.timed);
  for (const Call& call : function.calls()) {
    const clang::ValueDecl* object = root_object(object_of(call));
    if (object && pass.find(Role::deadline, call)) bounds.deadlines.push_back({object, &function, call.expr});
    if (object && on_timer && ends_operations(call)) bounds.ended.insert(object);
    if (const auto* callee = call.function(); callee && is_limited_here(pass, function, call.expr, bounds.alarms))
      bounds.limited.insert(callee->getCanonicalDecl());
  }
}

Bounds bounds_of(const Pass& pass) {
  Bounds bounds;
  for (const Function& function : pass.functions())
    if (waits_for_timer(pass, function)) {
      bounds.timed.insert(function.declaration().getCanonicalDecl());
      if (!function.all<clang::CXXThrowExpr>().empty())
        bounds.alarms.insert(function.declaration().getCanonicalDecl());
    }
  for (const Function& function : pass.functions()) add_bounds_of(pass, function, bounds);
  return bounds;
}

// Is a time limit on `object` in force at `call`: ended by a watchdog, or set by another function or earlier here?
bool is_limited(const Bounds& bounds, const clang::ValueDecl* object, const Function& function, const Call& call) {
  return bounds.ended.contains(object) ||
         std::any_of(bounds.deadlines.begin(), bounds.deadlines.end(), [&](const Deadline& deadline) {
           if (deadline.object != object) return false;
           return deadline.function != &function || !function.flow() ||
                  function.flow()->may_follow(deadline.expr, call.expr);
         });
}

std::string remedy(const Pass& pass, const Entry& wait) {
  const std::string known = pass.models().instead(wait.library, "timeout");
  return known.empty() ? "put a time limit around the operation" : "use " + known;
}

void check_coroutine(Pass& pass, const Function& coroutine, const Bounds& bounds) {
  if (bounds.limited.contains(coroutine.declaration().getCanonicalDecl())) return;
  std::set<const clang::ValueDecl*> reported;
  for (const Call& call : coroutine.calls()) {
    const Entry* wait = pass.find(Role::io_wait, call);
    const auto* await = coroutine.around<clang::CoawaitExpr>(call.expr);
    if (!wait || wait->quiet || !await) continue;
    const clang::ValueDecl* object = waited_on(call, *wait);
    if (takes_limit(call, *wait) || is_limited_here(pass, coroutine, call.expr, bounds.alarms) ||
        is_limited(bounds, object, coroutine, call))
      continue;
    if (!reported.insert(object).second) continue;
    pass.report(coroutine, call.expr, unbounded, {qualified_name(*call.callee), coroutine.name()})
        .label("a peer that stops answering keeps the coroutine, and what it holds, for ever")
        .note(object, "on this object; later waits on it have no limit either")
        .help(remedy(pass, *wait));
  }
}

void check(Pass& pass) {
  const Bounds bounds = bounds_of(pass);
  for (const Function* coroutine : pass.coroutines()) check_coroutine(pass, *coroutine, bounds);
}

}  // namespace

Rule missing_timeout() { return {.check = check, .messages = {unbounded}, .level = Level::warning, .cwe = 1088}; }

}  // namespace corolint
