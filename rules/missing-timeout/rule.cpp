#include <algorithm>
#include <set>

#include "coroutines/value_use.h"
#include "events.h"
#include "object.h"
#include "program_wide.h"
#include "rule/advice.h"
#include "rule/test_code.h"
#include "this_host.h"
#include "unit/names.h"

namespace corolint {

using namespace timeout;

namespace {

constexpr Message unbounded{"unbounded", "'{0}' waits for the peer without a time limit in coroutine '{1}'"};
constexpr Message never_reached{"never-reached", "'{0}' is given a deadline in '{1}' that is never reached"};
constexpr Message resolver{"resolver",
                           "'{0}' keeps coroutine '{1}' for as long as the system's resolver goes on trying"};

const clang::ValueDecl* waited_on(const Call& call, const Entry& entry) {
  if (!entry.on) return limited_object(object_of(call));
  const auto position = static_cast<std::size_t>(*entry.on);
  return position < call.arguments.size() ? limited_object(call.arguments[position]) : nullptr;
}

// A wait that nothing in its unit limits.
struct OpenWait {
  Call call;
  const Entry* entry;
  const clang::ValueDecl* object;
};

// Returns what a wait says of the connection: how it is opened has a limit of its own, and who waits for the
// peer to read is there with an answer soon.
std::string kind_of(const Entry& wait) {
  if (wait.subject == "connect" || wait.subject == "handshake") return "open";
  return wait.subject == "write" ? "write" : "read";
}

std::vector<OpenWait> open_waits(const Pass& pass, const Function& coroutine, const Bounds& bounds) {
  std::vector<OpenWait> waits;
  for (const Call& call : coroutine.calls()) {
    const Entry* wait = pass.find(Role::io_wait, call);
    if (!wait || wait->quiet || !is_awaited(coroutine, call.expr)) continue;
    const clang::ValueDecl* object = waited_on(call, *wait);
    if (!pass.options().flag(idle_reads.name) && is_idle_read(coroutine, call, *wait)) continue;
    if (ends_at_once(coroutine, call, *wait) || takes_limit(pass, call, *wait) ||
        is_limited_here(pass, coroutine, call.expr, bounds.alarms) ||
        is_limited(pass, bounds, object, coroutine, call))
      continue;
    waits.push_back({call, wait, object});
  }
  return waits;
}

// The system tries to connect for as long as tcp_syn_retries says: 127 s by default (Linux, tcp(7)).
std::string consequence(const Entry& wait) {
  if (wait.subject == "connect")
    return "a host that does not answer keeps the coroutine at least until the system gives up: two minutes "
           "on "
           "Linux";
  if (wait.subject == "rpc")
    return "a server that cannot be reached, or stops answering, keeps the coroutine, and what it holds, for "
           "as long as that lasts";
  return "a peer that stops answering keeps the coroutine, and what it holds, for ever";
}

// Keeps a wait back for the whole program to decide.
void keep(Pass& pass, const Function& coroutine, const OpenWait& wait, const std::string& kind) {
  const bool is_lookup = wait.entry->subject == "resolve";
  auto finding = pass.keep(coroutine, wait.call.expr->getSourceRange(), is_lookup ? resolver : unbounded,
                           {qualified_name(*wait.call.callee), coroutine.name()});
  if (is_lookup)
    finding.label("a name server that does not answer costs tries times timeout, often many seconds")
        .help(
            "set timeout and attempts for the resolver, or resolve in a task of its own and wait for its "
            "answer with a limit: neither a race nor cancel() ends a running lookup")
        .level(Level::note);
  else
    finding.label(consequence(*wait.entry))
        .note(wait.object, "on this object; later waits on it have no limit either")
        .help(advice(pass, wait.entry->library, "timeout", "put a time limit around the operation"));
  export_wait(pass, coroutine, {kind, wait.call, wait.object, pass.take_kept().back()});
}

// Keeps the first wait on each object, for all that the coroutine does with it.
void check_coroutine(Pass& pass, const Function& coroutine, const Bounds& bounds) {
  if (bounds.limited.contains(coroutine.declaration().getCanonicalDecl())) return;
  const std::vector<OpenWait> waits = open_waits(pass, coroutine, bounds);
  std::set<const clang::ValueDecl*> kept;
  for (const OpenWait& wait : waits) {
    if (!kept.insert(wait.object).second) continue;
    std::string kind = kind_of(*wait.entry);
    for (const OpenWait& other : waits)
      if (other.object == wait.object && kind != "read" && kind_of(*other.entry) != "open")
        kind = kind_of(*other.entry);
    keep(pass, coroutine, wait, kind);
  }
}

// A wait of a task with a stack of its own is a plain call, and there its deadline must be written: one that
// says "never" was written, too.
void check_plain_waits(Pass& pass, const Function& function) {
  for (const Call& call : function.calls()) {
    const Entry* wait = pass.find(Role::io_wait, call);
    const clang::Expr* deadline = wait && !wait->quiet ? deadline_in(call, *wait) : nullptr;
    if (!deadline || pass.awaitable(call.expr->getType()) || !is_never_reached(*deadline, *wait, pass.ast()))
      continue;
    pass.report(function, call.expr, never_reached, {qualified_name(*call.callee), function.name()})
        .label("a peer that stops answering keeps the task, and what it holds, for ever")
        .help(advice(pass, wait->library, "timeout", "put a time limit around the operation"));
  }
}

void check(Pass& pass) {
  const Bounds bounds = bounds_of(pass);
  for (const Function& function : pass.functions()) {
    export_passing(pass, function, bounds);
    if (pass.models().describes(function.declaration())) continue;
    if (function.is_asynchronous()) {
      check_coroutine(pass, function, bounds);
      check_events(pass, function, bounds);
    } else {
      check_plain_waits(pass, function);
    }
  }
  export_limited(pass, bounds);
}

}  // namespace

Rule missing_timeout() {
  return {.check = check,
          .messages = {unbounded, never_reached, resolver, event},
          .level = Level::warning,
          .cwe = 1088,
          .conclude = conclude,
          .options = {idle_reads, events, in_tests},
          .group = "cancellation",
          .precision = Precision::high};
}

}  // namespace corolint
