#include "collected.h"
#include "coroutines/flow.h"
#include "rule/advice.h"
#include "rule/waiting.h"
#include "unbounded_loop.h"
#include "unit/names.h"

namespace corolint {

using namespace fan_out;

namespace {

constexpr Message per_element{
    "per-element", "'{0}' starts work for every element, as much at once as the data has elements"};
constexpr Message per_count{"per-count", "'{0}' starts as much work at once as the caller of '{1}' asks for"};
constexpr Message per_event{"per-event",
                            "'{0}' starts work for every event, and nothing limits how much runs at once"};

// Does `call` start work that runs on without being waited for here?
bool starts_work(const Pass& pass, const Function& function, const Call& call) {
  if (const Entry* spawn = pass.find(Role::spawn, call))
    return spawn->start != Start::lazy && !is_waited_for(pass, function, call.expr);
  if (call.is_construction() || !call.function() || !call.expr->isPRValue()) return false;
  const AwaitableShape shape = coroutine_type_shape(call.expr->getType(), pass.ast());
  const bool is_eager = shape.type && shape.is_lazy && !*shape.is_lazy;
  return is_eager && !is_waited_for(pass, function, call.expr);
}

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
        .help(advice(pass, pass.library_of(function), "fan-out",
                     "wait for a permit (a semaphore, a bounded channel) in the loop before this call"))
        .level(wording.level);
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
