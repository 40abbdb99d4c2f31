#include "accepting.h"

#include <algorithm>
#include <set>

#include "closing.h"
#include "coroutines/callable.h"
#include "coroutines/loop.h"
#include "count_guard.h"
#include "rule/record.h"
#include "rule/waiting.h"
#include "starts.h"
#include "unit/names.h"

namespace corolint::fan_out {

struct Starting {
  std::string function;
  std::vector<std::string> starts;  // keys of the program's functions that the work consists of
  std::string name;                 // of what starts it
  bool accepts;                     // it waits for a connection first
  Place place;
};
RULE_RECORD(Starting, function, starts, name, accepts, place)

struct Accepting {
  std::string callee;
  std::vector<std::string> given;  // keys of the program's functions whose tasks the callee is given to run
  bool accepts;                    // the loop waits for connections itself
  Place loop;
  Finding finding;
};
RULE_RECORD(Accepting, callee, given, accepts, loop, finding)

namespace {

// Is the callee given a task that has not begun, and gives nothing back that one could wait for? Then it
// starts it.
bool is_given_task(const Pass& pass, const Call& call) {
  return call.expr->getType()->isVoidType() &&
         std::any_of(call.arguments.begin(), call.arguments.end(), [&](const clang::Expr* argument) {
           const auto awaitable = pass.awaitable(argument->getType().getNonReferenceType());
           return awaitable && awaitable->never_runs();
         });
}

// Returns the await of the call, which is no limit for what the call starts, or the call itself.
const clang::Expr* await_of(const Function& function, const clang::Expr* call) {
  for (const Suspension& suspension : function.suspensions())
    if (bare(suspension.operand) == bare(call)) return suspension.expr;
  return call;
}

}  // namespace

std::vector<std::string> functions_in(const Pass& pass, const Function& function, const clang::Expr* work) {
  std::set<std::string> keys;
  const auto add = [&](const clang::FunctionDecl* callee) {
    if (callee && pass.unit().is_project(callee->getLocation())) keys.insert(pass.key(*callee));
  };
  for (const Call& call : function.calls())
    if (function.is_inside(call.expr, work)) add(call.function());
  for (const auto* expr : function.all<clang::Expr>())
    if (function.is_inside(expr, work)) add(callable_function(expr));
  return {keys.begin(), keys.end()};
}

void export_starting(Pass& pass, const Function& function) {
  for (const Call& call : function.calls()) {
    if (!starts_work(pass, function, call) || closes(*call.callee)) continue;
    if (!loops_around(function, call.expr).empty() ||
        is_guarded_by_count(function, *function.body(), call.expr))
      continue;
    export_record(pass, "starting",
                  Starting{pass.key(function.declaration()), functions_in(pass, function, call.expr),
                           name_of_start(pass, call), waits_for(pass, function, "accept"),
                           pass.unit().place_of(call.expr->getSourceRange())});
    return;
  }
}

void export_accepting(Pass& pass, const Function& function) {
  for (const Call& call : function.calls()) {
    const clang::FunctionDecl* callee = call.function();
    const bool is_own = callee && !call.is_construction() && pass.unit().is_project(callee->getLocation());
    if (!is_own || closes(*callee) || starts_work(pass, function, call)) continue;
    const clang::Stmt* loop = unbounded_loop(pass, function, await_of(function, call.expr));
    if (!loop || llvm::isa<clang::CXXForRangeStmt>(loop) || trips_of(function, *loop) == Trips::by_caller)
      continue;
    const bool accepts = waits_for(pass, function, "accept", loop);
    // What the loop does not wait for, and that takes connections itself, does not follow them.
    if (!accepts && !is_waited_for(pass, function, call.expr)) continue;
    pass.keep(function, call.expr->getSourceRange(), per_event, {qualified_name(*callee), function.name()})
        .label("memory, sockets and load on the peer grow with what arrives")
        .note(loop, "as often as events arrive")
        .help("wait for a permit (a semaphore, a bounded channel) in the loop before this call")
        .level(Level::note);
    auto given =
        is_given_task(pass, call) ? functions_in(pass, function, call.expr) : std::vector<std::string>();
    export_record(
        pass, "accepting",
        Accepting{pass.key(*callee), std::move(given), accepts, pass.unit().place_of(loop->getSourceRange()),
                  std::move(pass.take_kept().back())});
  }
}

std::vector<InLoop> accepting_loops(const Program& program, const LimitsItself& limits_itself) {
  std::vector<InLoop> loops;
  std::vector<Starting> starting = records_of<Starting>(program, "starting");
  for (Accepting& one : records_of<Accepting>(program, "accepting")) {
    const auto found = std::find_if(starting.begin(), starting.end(), [&](const Starting& starts) {
      return starts.function == one.callee && (one.accepts || starts.accepts);
    });
    const bool is_started = found != starting.end();
    const bool is_given = one.accepts && !one.given.empty();
    if (!is_started && !is_given) continue;
    const std::vector<std::string>& work = is_started ? found->starts : one.given;
    if (limits_itself(one.callee) || std::any_of(work.begin(), work.end(), limits_itself)) continue;
    if (is_started) one.finding.notes.push_back({found->place, "'" + found->name + "' starts it here"});
    loops.push_back({std::move(one.loop), std::move(one.finding)});
  }
  return loops;
}

}  // namespace corolint::fan_out
