#include <algorithm>
#include <set>

#include "bounds.h"
#include "rule/pass.h"
#include "unit/names.h"

namespace corolint {

namespace {

constexpr Message unbounded{"unbounded", "'{0}' waits for the peer without a time limit in coroutine '{1}'"};
constexpr Message resolver{"resolver",
                           "'{0}' keeps coroutine '{1}' for as long as the system's resolver goes on trying"};

// Does the call carry its own limit: a duration, a point in time, a token that stops it?
bool takes_limit(const Call& call, const Entry& entry) {
  if (entry.deadline_argument && *entry.deadline_argument < static_cast<int>(call.arguments.size()))
    return true;
  return std::any_of(call.arguments.begin(), call.arguments.end(), [](const clang::Expr* argument) {
    const auto names = class_names(argument->getType());
    return std::any_of(names.begin(), names.end(), [](const std::string& name) {
      return name == "std::chrono::duration" || name == "std::chrono::time_point" ||
             name == "std::stop_token";
    });
  });
}

const clang::ValueDecl* waited_on(const Call& call, const Entry& entry) {
  if (!entry.on) return root_object(object_of(call));
  const auto position = static_cast<std::size_t>(*entry.on);
  return position < call.arguments.size() ? root_object(call.arguments[position]) : nullptr;
}

std::string remedy(const Pass& pass, const Entry& wait) {
  const std::string known = pass.models().instead(wait.library, "timeout");
  return known.empty() ? "put a time limit around the operation" : "use " + known;
}

void report(Pass& pass, const Function& coroutine, const Call& call, const Entry& wait,
            const clang::ValueDecl* object) {
  const std::vector<std::string> arguments = {qualified_name(*call.callee), coroutine.name()};
  if (wait.subject == "resolve") {
    pass.report(coroutine, call.expr, resolver, arguments)
        .label("a name server that does not answer costs tries times timeout, often many seconds")
        .help(
            "set timeout and attempts for the resolver, or resolve in a task of its own and wait for its "
            "answer with a "
            "limit: neither a race nor cancel() ends a running lookup")
        .level(Level::note);
    return;
  }
  pass.report(coroutine, call.expr, unbounded, arguments)
      .label("a peer that stops answering keeps the coroutine, and what it holds, for ever")
      .note(object, "on this object; later waits on it have no limit either")
      .help(remedy(pass, wait));
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
