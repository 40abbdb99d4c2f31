#include "events.h"

#include "coroutines/loop.h"
#include "rule/advice.h"
#include "rule/permit.h"
#include "unit/names.h"

namespace corolint::timeout {

namespace {

// Returns the awaited call that waits for somebody else in the program, or nothing. `limited_by` gets its
// entry if that says how a limit is given.
std::optional<Call> waited_event(const Pass& pass, const Function& coroutine, const Suspension& suspension,
                                 const Entry** limited_by) {
  for (const Call& call : coroutine.calls()) {
    if (!coroutine.is_inside(call.expr, suspension.operand)) continue;
    if (const Entry* wait = pass.find(Role::io_wait, call)) {
      if (!wait->quiet || (wait->subject != "event" && wait->subject != "wait")) continue;
      *limited_by = wait;
      return call;
    }
    const Entry* lock = pass.find(Role::lock, call);
    if (lock && !lock->is_thread_lock) return call;
  }
  return awaits_permit(pass, suspension) ? as_call(bare(suspension.operand)) : std::nullopt;
}

}  // namespace

bool is_idle_read(const Function& coroutine, const Call& call, const Entry& wait) {
  const auto loops = loops_around(coroutine, call.expr);
  if (wait.subject != "read" || loops.empty() || trips_of(coroutine, *loops.front()) != Trips::endless)
    return false;
  for (const Suspension& suspension : coroutine.suspensions())
    if (coroutine.is_inside(suspension.expr, loops.front()))
      return coroutine.is_inside(call.expr, suspension.expr);  // the first in the loop is the head
  return false;
}

void check_events(Pass& pass, const Function& coroutine, const Bounds& bounds) {
  if (!pass.options().flag(events.name)) return;
  for (const Suspension& suspension : coroutine.suspensions()) {
    if (suspension.is_yield || !suspension.operand) continue;
    const Entry* entry = nullptr;
    const auto call = waited_event(pass, coroutine, suspension, &entry);
    if (!call || is_limited_here(pass, coroutine, call->expr, bounds.alarms)) continue;
    if (takes_limit(pass, *call, entry ? *entry : Entry())) continue;
    pass.report(coroutine, call->expr, event, {qualified_name(*call->callee), coroutine.name()})
        .label("if nobody comes, the coroutine and what it holds stay for ever")
        .help(advice(pass, entry ? entry->library : pass.library_of(coroutine), "timeout",
                     "put a time limit around the wait"))
        .level(Level::note);
  }
}

}  // namespace corolint::timeout
