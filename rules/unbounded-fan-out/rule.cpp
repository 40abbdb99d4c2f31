#include "accepting.h"
#include "closing.h"
#include "collected.h"
#include "coroutines/flow.h"
#include "coroutines/loop.h"
#include "count_guard.h"
#include "for_each.h"
#include "limiters.h"
#include "parallel.h"
#include "rule/advice.h"
#include "rule/test_code.h"
#include "starts.h"
#include "unbounded_loop.h"
#include "undecided.h"
#include "workers.h"

namespace corolint {

using namespace fan_out;

namespace {

constexpr Message per_count{"per-count", "'{0}' starts as much work at once as the caller of '{1}' asks for"};

struct Wording {
  const Message& message;
  std::string_view grows_with;
  std::string_view at_loop;
  Level level;  // a warning where the size of data is the number; else somebody may have thought of it
};

Wording wording_of(Trips trips) {
  if (trips == Trips::by_data) return {per_element, "the data", "once for each element", Level::warning};
  if (trips == Trips::by_caller)
    return {per_count, "that number", "as often as the caller says", Level::note};
  return {per_event, "what arrives", "as often as events arrive", Level::note};
}

// An algorithm is the loop: what it calls starts the work.
void check_called_for_each(Pass& pass, const Function& function, const Call& call) {
  const clang::Expr* data = called_for_each_of(pass, function);
  if (!data || is_guarded_by_count(function, *function.body(), call.expr)) return;
  pass.keep(function, call.expr->getSourceRange(), per_element, {name_of_start(pass, call), function.name()})
      .label("memory, sockets and load on the peer grow with the data")
      .note(data, "called once for each element of this")
      .help(advice(pass, pass.library_of(function), "fan-out",
                   "start it in a loop that waits for a permit (a semaphore, a bounded channel) first"));
  leave_undecided(pass, function, call.expr, data);
}

void check_spawns(Pass& pass, const Function& function) {
  for (const Call& call : function.calls()) {
    if (!starts_work(pass, function, call) || closes(*call.callee)) continue;
    const clang::Stmt* loop = unbounded_loop(pass, function, call.expr);
    if (!loop && loops_around(function, call.expr).empty()) check_called_for_each(pass, function, call);
    if (!loop) continue;
    const Trips trips = trips_in(pass, function, *loop);
    if (is_pool_worker(pass, function, call, trips)) continue;
    if (trips == Trips::by_data && starts_listener(pass, function, call)) continue;
    const Wording wording = wording_of(trips);
    const Limiters limiters = limiters_in(pass, function, *loop, call.expr);
    pass.keep(function, call.expr->getSourceRange(), wording.message,
              {name_of_start(pass, call), function.name()})
        .label("memory, sockets and load on the peer grow with " + std::string(wording.grows_with))
        .note(loop, std::string(wording.at_loop))
        .note(limiters.idle, limiters.why_idle)
        .help(advice(pass, pass.library_of(function), "fan-out",
                     "wait for a permit (a semaphore, a bounded channel) in the loop before this call"))
        .level(wording.level);
    leave_undecided(pass, function, call.expr, loop);
  }
}

// Is it a part of something that is awaited? That starts what its maker has collected.
bool is_in_awaiter(const Pass& pass, const Function& function) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function.declaration());
  return method && !function.is_lambda() &&
         awaitable_shape(pass.ast().getCanonicalTagType(method->getParent()), pass.ast());
}

void check(Pass& pass) {
  for (const Function& function : pass.functions()) {
    if (!function.flow() || pass.models().describes(function.declaration()) || is_in_awaiter(pass, function))
      continue;
    export_counting(pass, function);
    export_starting(pass, function);
    export_accepting(pass, function);
    check_spawns(pass, function);
    check_collected(pass, function);
    check_parallel(pass, function);
  }
}

}  // namespace

Rule unbounded_fan_out() {
  return {.check = check,
          .messages = {per_element, per_count, per_event, await_all, recursive},
          .level = Level::warning,
          .cwe = 770,
          .conclude = conclude,
          .options = {in_tests},
          .group = "load",
          .precision = Precision::high};
}

}  // namespace corolint
