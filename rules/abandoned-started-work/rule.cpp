// Looks for an exception that leaves a coroutine between the start of work and the await that gathers it.

#include <algorithm>
#include <optional>
#include <set>

#include "coroutines/flow.h"
#include "coroutines/value_use.h"
#include "rule/lent.h"
#include "rule/may_throw.h"
#include "started.h"
#include "unit/names.h"

namespace corolint {

using namespace abandoned;

namespace {

constexpr Message await{"await", "if this await throws, '{0}' is dropped while the work of '{1}' goes on"};
constexpr Message thrown{"throw", "'{0}' is dropped here while the work of '{1}' goes on"};
constexpr Message in_turn{"in-turn",
                          "the first of '{0}' that fails drops the rest, while the work of '{1}' goes on"};

std::string what_happens(const Started& work) {
  const std::string type = "'" + work.awaitable.word + "' ";
  if (work.lent)
    return "the work still refers to '" + name_of_local(*work.lent) + "', which ends with this function";
  if (work.awaitable.drop == Drop::terminate || work.awaitable.drop == Drop::assert_fails)
    return type + "ends the program when it is dropped before its end";
  if (work.awaitable.drop == Drop::destroy)
    return type + "destroys its coroutine when it is dropped, where it is suspended";
  return type + "goes on by itself when it is dropped: nobody waits for it or sees its error";
}

void describe(FindingBuilder finding, const Started& work) {
  finding.label(what_happens(work))
      .note(work.call, "begins here")
      .help(
          "wait for all that has begun in one await (a when_all that waits for each also if one fails), or "
          "begin it "
          "after this");
}

// Does an exception that comes out of `stmt` stay within the variable's life: does a handler in its scope
// take it?
bool is_caught_within(const Function& function, const LocalScope& scope, const clang::Stmt* stmt) {
  for (const auto* block = try_around(function, stmt); block; block = try_around(function, block))
    if (scope.holds(block)) return true;
  return false;
}

// Where exceptions come from in the function.
struct Sources {
  std::vector<const clang::Stmt*> awaits;
  std::vector<const clang::Stmt*> throws;
};

Sources sources_of(const Pass& pass, const Function& function) {
  Sources sources;
  for (const Suspension& suspension : function.suspensions())
    if (may_throw(pass, function, suspension)) sources.awaits.push_back(suspension.expr);
  for (const auto* stmt : function.all<clang::CXXThrowExpr>()) sources.throws.push_back(stmt);
  return sources;
}

// Returns what the condition is while the variable holds the work: `!sends.empty()` is true; nothing for
// another one.
std::optional<bool> while_held(const clang::VarDecl& variable, const clang::Expr& condition) {
  const clang::Expr* plain = bare(&condition);
  if (const auto* negation = llvm::dyn_cast<clang::UnaryOperator>(plain);
      negation && negation->getOpcode() == clang::UO_LNot) {
    const auto inner = while_held(variable, *negation->getSubExpr());
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  const auto call = as_call(plain);
  const bool asks_it = call && call->receiver && root_object(call->receiver) == &variable &&
                       call->callee->getIdentifier() && call->callee->getName() == "empty";
  return asks_it ? std::optional(false) : std::nullopt;
}

// May control that has begun the work come to `stmt` before it is gathered, and would it be gathered after
// that?
bool is_between(const Function& function, const Started& work, const std::vector<const clang::Stmt*>& gathers,
                const clang::Stmt* stmt) {
  const Flow& flow = *function.flow();
  const auto is_gather = [&](const clang::Stmt* one) {
    return std::find(gathers.begin(), gathers.end(), one) != gathers.end();
  };
  if (std::any_of(gathers.begin(), gathers.end(),
                  [&](const clang::Stmt* gather) { return function.is_inside(gather, stmt); }))
    return false;
  return flow.comes_to(
      work.begin, [&](const clang::Stmt* one) { return one == stmt; }, is_gather,
      [&](const clang::Expr& condition) { return while_held(*work.variable, condition); });
}

const clang::Stmt* first_between(const Function& function, const Started& work,
                                 const std::vector<const clang::Stmt*>& gathers, const LocalScope& scope,
                                 const std::vector<const clang::Stmt*>& sources) {
  for (const clang::Stmt* stmt : sources)
    if (scope.holds(stmt) && !is_caught_within(function, scope, stmt) &&
        is_between(function, work, gathers, stmt))
      return stmt;
  return nullptr;
}

// Returns the await of one element after the other in a loop over the container, or null.
const clang::Expr* awaited_in_turn(const Pass& pass, const Function& function, const Started& work,
                                   const LocalScope& scope) {
  for (const auto* loop : function.all<clang::CXXForRangeStmt>()) {
    const auto* range = llvm::dyn_cast<clang::DeclRefExpr>(bare(loop->getRangeInit()));
    if (!range || range->getDecl() != work.variable || !scope.holds(loop)) continue;
    for (const Suspension& suspension : function.suspensions())
      if (function.is_inside(suspension.expr, loop->getBody()) && may_throw(pass, function, suspension) &&
          mentions(function, suspension.operand, loop->getLoopVariable()) &&
          !is_caught_within(function, scope, suspension.expr))
        return suspension.expr;
  }
  return nullptr;
}

void check_work(Pass& pass, const Function& function, const Started& work, const Sources& sources,
                std::set<const clang::Stmt*>& reported) {
  const LocalScope scope(function, *work.variable);
  const auto gathers = gathers_of(function, work);
  if (gathers.empty() || !scope.declaration()) return;
  const std::vector<std::string> names = {work.variable->getNameAsString(),
                                          qualified_name(*as_call(work.call)->callee)};
  if (const auto* stmt = first_between(function, work, gathers, scope, sources.awaits)) {
    if (reported.insert(stmt).second) describe(pass.report(function, stmt, await, names), work);
  } else if (const auto* leave = first_between(function, work, gathers, scope, sources.throws)) {
    if (reported.insert(leave).second) describe(pass.report(function, leave, thrown, names), work);
  } else if (const auto* turn = work.is_many ? awaited_in_turn(pass, function, work, scope) : nullptr) {
    if (reported.insert(turn).second) describe(pass.report(function, turn, in_turn, names), work);
  }
}

void check(Pass& pass) {
  for (const Function& function : pass.functions()) {
    if (function.is_pattern() || !function.is_coroutine() || function.suspensions().empty()) continue;
    const std::vector<Started> all = started_in(pass, function);
    if (all.empty() || !function.flow()) continue;
    const Sources sources = sources_of(pass, function);
    std::set<const clang::Stmt*> reported;
    for (const Started& work : all) check_work(pass, function, work, sources, reported);
  }
}

}  // namespace

Rule abandoned_started_work() {
  return {.check = check,
          .messages = {await, thrown, in_turn},
          .level = Level::note,
          .cwe = 755,
          .group = "lost-work"};
}

}  // namespace corolint
