#include <algorithm>

#include "coroutines/flow.h"
#include "coroutines/loop.h"
#include "coroutines/value_use.h"
#include "rule/pass.h"
#include "unit/names.h"

namespace corolint {

namespace {

constexpr Message per_element{
    "per-element", "'{0}' starts work for every element, as much at once as the data has elements"};
constexpr Message per_count{"per-count", "'{0}' starts as much work at once as the caller of '{1}' asks for"};
constexpr Message per_event{"per-event",
                            "'{0}' starts work for every event, and nothing limits how much runs at once"};
constexpr Message await_all{"await-all",
                            "this starts all of '{0}' at once, as many as the loop has collected"};

bool is_awaited(const Function& function, const clang::Expr* expr) {
  return function.around<clang::CoawaitExpr>(expr) != nullptr;
}

// Something awaited that limits: by its model, or a wait that yields nothing or a permit. What brings the
// work (a receive, an accept) does not limit it.
bool limits(const Pass& pass, const Function& function, const Suspension& suspension) {
  const auto call = as_call(bare(suspension.operand));
  if (!call || suspension.is_yield) return false;
  if (pass.find(Role::limit, *call)) return true;
  const bool yields_nothing =
      suspension.expr->getType()->isVoidType() || value_use(function, suspension.expr) != ValueUse::used;
  return yields_nothing && !pass.find(Role::io_wait, *call);
}

// Does every round of `loop` pass a limiter, before or after it starts the work?
bool has_limiter(const Pass& pass, const Function& function, const clang::Stmt& loop,
                 const clang::Expr* work) {
  const auto is_passed = [&](const clang::Expr* expr) {
    return function.is_inside(expr, &loop) && !function.is_inside(expr, work) &&
           !function.flow()->may_follow(work, work, expr);
  };
  const auto& suspensions = function.suspensions();
  if (std::any_of(suspensions.begin(), suspensions.end(), [&](const Suspension& suspension) {
        return limits(pass, function, suspension) && is_passed(suspension.expr);
      }))
    return true;
  return std::any_of(function.calls().begin(), function.calls().end(),
                     [&](const Call& call) { return pass.find(Role::limit, call) && is_passed(call.expr); });
}

// A loop over awaitables only wraps work that its caller has collected: the caller answers for how much that
// is.
bool is_over_awaitables(const Pass& pass, const clang::Stmt& loop) {
  const auto* range_loop = llvm::dyn_cast<clang::CXXForRangeStmt>(&loop);
  return range_loop && pass.awaitable(range_loop->getLoopVariable()->getType().getNonReferenceType());
}

// Returns the loop that makes `work` run without bound, or null.
const clang::Stmt* unbounded_loop(const Pass& pass, const Function& function, const clang::Expr* work) {
  if (!function.flow()->may_follow(work, work)) return nullptr;  // the loop is left after the first time
  const clang::Stmt* unbounded = nullptr;
  for (const clang::Stmt* loop : loops_around(function, work)) {
    if (is_guarded_by_count(function, *loop, work) || has_limiter(pass, function, *loop, work))
      return nullptr;
    if (!unbounded && trips_of(function, *loop) != Trips::bounded && !is_over_awaitables(pass, *loop))
      unbounded = loop;
  }
  return unbounded;
}

// Does something in the same expression wait for the result: `std::async(f).get()`?
bool is_waited_for(const Pass& pass, const Function& function, const clang::Expr* expr) {
  if (is_awaited(function, expr)) return true;
  for (const clang::Stmt* outer = function.parent(expr); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer))
    if (const auto call = as_call(outer);
        call && (pass.find(Role::sync_wait, *call) || pass.find(Role::block, *call)))
      return true;
  return false;
}

// Does `call` start work that runs on without being waited for here?
bool starts_work(const Pass& pass, const Function& function, const Call& call) {
  if (const Entry* spawn = pass.find(Role::spawn, call))
    return spawn->start != Start::lazy && !is_waited_for(pass, function, call.expr);
  if (call.is_construction() || !call.function() || !call.expr->isPRValue()) return false;
  const AwaitableShape shape = coroutine_type_shape(call.expr->getType(), pass.ast());
  const bool is_eager = shape.type && shape.is_lazy && !*shape.is_lazy;
  return is_eager && !is_waited_for(pass, function, call.expr);
}

std::string permit_advice(const Pass& pass, const Function& function) {
  const std::string known = pass.models().instead(pass.library_of(function), "fan-out");
  return known.empty() ? "wait for a permit (a semaphore, a bounded channel) in the loop before this call"
                       : "use " + known;
}

struct Wording {
  const Message& message;
  std::string_view grows_with;
  std::string_view at_loop;
  Level level;  // a warning where the size of data is the number; else somebody may have thought of it
};

// A loop that accepts connections follows events, whatever its condition asks: `while (acceptor.is_open())`.
Trips trips_in(const Pass& pass, const Function& function, const clang::Stmt& loop) {
  const Trips trips = trips_of(function, loop);
  if (llvm::isa<clang::CXXForRangeStmt>(loop) || trips != Trips::by_data) return trips;
  const bool accepts = std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& call) {
    const Entry* entry = pass.find(Role::io_wait, call);
    return entry && entry->subject == "accept" && function.is_inside(call.expr, &loop);
  });
  return accepts ? Trips::endless : trips;
}

Wording wording_of(Trips trips) {
  if (trips == Trips::by_data) return {per_element, "the data", "once for each element", Level::warning};
  if (trips == Trips::by_caller)
    return {per_count, "that number", "as often as the caller says", Level::note};
  return {per_event, "what arrives", "as often as events arrive", Level::note};
}

bool is_thread(const Pass& pass, const Call& call) {
  return pass.find(Role::offload, call) != nullptr;
}

void check_spawns(Pass& pass, const Function& function) {
  for (const Call& call : function.calls()) {
    if (!starts_work(pass, function, call)) continue;
    const clang::Stmt* loop = unbounded_loop(pass, function, call.expr);
    if (!loop) continue;
    const Trips trips = trips_in(pass, function, *loop);
    if (trips == Trips::by_caller && is_thread(pass, call)) continue;  // a pool that is started: `n` workers
    const Wording wording = wording_of(trips);
    pass.report(function, call.expr, wording.message, {qualified_name(*call.callee), function.name()})
        .label("memory, sockets and load on the peer grow with " + std::string(wording.grows_with))
        .note(loop, std::string(wording.at_loop))
        .help(permit_advice(pass, function))
        .level(wording.level);
  }
}

// Returns the container that the lazy task `expr` is added to (`tasks.push_back(expr)`), or null.
const clang::ValueDecl* container_of(const Function& function, const clang::Expr* expr) {
  const clang::Stmt* outer = function.parent(expr);
  for (; llvm::isa_and_nonnull<clang::Expr>(outer); outer = function.parent(outer))
    if (const auto* member = llvm::dyn_cast<clang::CXXMemberCallExpr>(outer)) {
      const auto* method = member->getMethodDecl();
      const bool adds = method && method->getIdentifier() &&
                        (method->getName().starts_with("push") || method->getName().starts_with("emplace") ||
                         method->getName() == "insert" || method->getName() == "add");
      return adds ? root_object(member->getImplicitObjectArgument()) : nullptr;
    }
  return nullptr;
}

bool mentions(const Function& function, const clang::Stmt* expr, const clang::ValueDecl* variable) {
  const auto references = function.all<clang::DeclRefExpr>();
  return std::any_of(references.begin(), references.end(), [&](const clang::DeclRefExpr* reference) {
    return reference->getDecl() == variable && function.is_inside(reference, expr);
  });
}

// Returns the await that starts all that `container` holds: co_await of a call that takes it whole.
const Suspension* await_of_all(const Pass& pass, const Function& function, const clang::ValueDecl* container,
                               const clang::Expr* added) {
  for (const Suspension& suspension : function.suspensions()) {
    const auto call = as_call(bare(suspension.operand));
    const Entry* combinator = call ? pass.find(Role::combine, *call) : nullptr;
    const bool is_bounded = combinator && combinator->bounded;
    if (call && !is_bounded && mentions(function, suspension.operand, container) &&
        function.flow()->may_follow(added, suspension.expr))
      return &suspension;
  }
  return nullptr;
}

void check_collected(Pass& pass, const Function& function) {
  for (const Call& call : function.calls()) {
    const auto awaitable = call.is_construction() ? std::nullopt : pass.awaitable(call.expr->getType());
    if (!awaitable || !awaitable->never_runs() || !awaitable->is_coroutine_type) continue;
    const clang::ValueDecl* container = container_of(function, call.expr);
    const clang::Stmt* loop = container ? unbounded_loop(pass, function, call.expr) : nullptr;
    const Suspension* all = loop ? await_of_all(pass, function, container, call.expr) : nullptr;
    if (!all || function.is_inside(all->expr, loop)) continue;
    pass.report(function, all->expr, await_all, {container->getNameAsString()})
        .label("memory, sockets and load on the peer grow with the data")
        .note(call.expr, "collected here, once for each element")
        .help("await them in groups of a fixed size, or let each wait for a permit (a semaphore) first");
  }
}

void check(Pass& pass) {
  for (const Function& function : pass.functions()) {
    if (!function.flow()) continue;
    check_spawns(pass, function);
    check_collected(pass, function);
  }
}

}  // namespace

Rule unbounded_fan_out() {
  return {.check = check,
          .messages = {per_element, per_count, per_event, await_all},
          .level = Level::warning,
          .cwe = 770};
}

}  // namespace corolint
