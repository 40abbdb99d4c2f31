#include <set>

#include "bounds.h"
#include "coroutines/value_use.h"
#include "rule/advice.h"
#include "unit/names.h"

namespace corolint {

using namespace timeout;

namespace {

constexpr Message unbounded{"unbounded", "'{0}' waits for the peer without a time limit in coroutine '{1}'"};
constexpr Message resolver{"resolver",
                           "'{0}' keeps coroutine '{1}' for as long as the system's resolver goes on trying"};

const clang::ValueDecl* waited_on(const Call& call, const Entry& entry) {
  if (!entry.on) return root_object(object_of(call));
  const auto position = static_cast<std::size_t>(*entry.on);
  return position < call.arguments.size() ? root_object(call.arguments[position]) : nullptr;
}

void report(Pass& pass, const Function& coroutine, const Call& call, const Entry& wait,
            const clang::ValueDecl* object) {
  const std::vector<std::string> arguments = {qualified_name(*call.callee), coroutine.name()};
  if (wait.subject == "resolve") {
    pass.report(coroutine, call.expr, resolver, arguments)
        .label("a name server that does not answer costs tries times timeout, often many seconds")
        .help(
            "set timeout and attempts for the resolver, or resolve in a task of its own and wait for its "
            "answer with a limit: neither a race nor cancel() ends a running lookup")
        .level(Level::note);
    return;
  }
  pass.report(coroutine, call.expr, unbounded, arguments)
      .label("a peer that stops answering keeps the coroutine, and what it holds, for ever")
      .note(object, "on this object; later waits on it have no limit either")
      .help(advice(pass, wait.library, "timeout", "put a time limit around the operation"));
}

void check_coroutine(Pass& pass, const Function& coroutine, const Bounds& bounds) {
  if (bounds.limited.contains(coroutine.declaration().getCanonicalDecl())) return;
  std::set<const clang::ValueDecl*> reported;
  for (const Call& call : coroutine.calls()) {
    const Entry* wait = pass.find(Role::io_wait, call);
    if (!wait || wait->quiet || !is_awaited(coroutine, call.expr)) continue;
    const clang::ValueDecl* object = waited_on(call, *wait);
    if (takes_limit(call, *wait) || is_limited_here(pass, coroutine, call.expr, bounds.alarms) ||
        is_limited(bounds, object, coroutine, call))
      continue;
    if (!reported.insert(object).second) continue;
    report(pass, coroutine, call, *wait, object);
  }
}

void check(Pass& pass) {
  const Bounds bounds = bounds_of(pass);
  for (const Function* coroutine : pass.coroutines()) check_coroutine(pass, *coroutine, bounds);
}

}  // namespace

Rule missing_timeout() {
  return {.check = check, .messages = {unbounded, resolver}, .level = Level::warning, .cwe = 1088};
}

}  // namespace corolint
