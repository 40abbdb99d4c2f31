#include "loops.h"

#include <algorithm>

#include "coroutines/loop.h"
#include "coroutines/value_use.h"
#include "models/conditions.h"
#include "rule/advice.h"
#include "unit/names.h"

namespace corolint::blocking {

namespace {

std::vector<const clang::Stmt*> loops_of(const Function& function) {
  std::vector<const clang::Stmt*> loops;
  for (const clang::Stmt* stmt : function.statements())
    if (llvm::isa<clang::WhileStmt, clang::DoStmt, clang::ForStmt>(stmt)) loops.push_back(stmt);
  return loops;
}

// Does the loop suspend, or can it be left? A `break` may be that of an inner loop, a throw be caught inside:
// no matter, the finding must be sure.
bool suspends_or_ends(const Function& function, const clang::Stmt& loop) {
  const auto& statements = function.statements();
  return std::any_of(statements.begin(), statements.end(), [&](const clang::Stmt* stmt) {
    const auto call = as_call(stmt);
    const bool lets_go = llvm::isa<clang::CoroutineSuspendExpr, clang::DependentCoawaitExpr, clang::BreakStmt,
                                   clang::CoreturnStmt, clang::GotoStmt, clang::CXXThrowExpr>(stmt) ||
                         (call && call->function() && call->function()->isNoReturn());
    return lets_go && function.is_inside(stmt, &loop);
  });
}

clang::SourceRange head_of(const clang::Stmt& loop) {
  const clang::Stmt* body = loop_body(loop);
  if (llvm::isa<clang::DoStmt>(loop) || !body) return loop.getBeginLoc();
  return {loop.getBeginLoc(), body->getBeginLoc().getLocWithOffset(-1)};
}

void check_endless(Pass& pass, const Function& coroutine) {
  for (const clang::Stmt* loop : loops_of(coroutine))
    if (trips_of(coroutine, *loop) == Trips::endless && !suspends_or_ends(coroutine, *loop))
      pass.report(coroutine, head_of(*loop), never_suspends, {coroutine.name()})
          .label("nothing else that this thread serves runs from here on")
          .help(advice(pass, pass.library_of(coroutine), "yield",
                       "suspend in each round, or run the loop on a thread"))
          .level(Level::note);
}

const Entry* timer_wait(const Pass& pass, const Call& call) {
  const Entry* wait = pass.find(Role::io_wait, call);
  return wait && wait->subject == "timer" ? wait : nullptr;
}

// Returns the timer waits of the suspension, none of which waits for anything else.
bool only_sleeps(const Pass& pass, const Function& function, const Suspension& suspension) {
  return !suspension.is_yield &&
         std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& call) {
           return function.is_inside(call.expr, suspension.operand) && timer_wait(pass, call);
         });
}

// Does the unit write the variable: assign, count, store?
bool is_written(const Pass& pass, const clang::ValueDecl* variable) {
  const auto writes = [&](const clang::Stmt* stmt) {
    if (const auto* assignment = llvm::dyn_cast<clang::BinaryOperator>(stmt))
      return assignment->isAssignmentOp() && root_object(assignment->getLHS()) == variable;
    if (const auto* step = llvm::dyn_cast<clang::UnaryOperator>(stmt))
      return step->isIncrementDecrementOp() && root_object(step->getSubExpr()) == variable;
    const auto call = as_call(stmt);
    const auto* method = call ? llvm::dyn_cast<clang::CXXMethodDecl>(call->callee) : nullptr;
    return method && !method->isConst() && call->receiver && root_object(call->receiver) == variable;
  };
  return std::any_of(pass.functions().begin(), pass.functions().end(), [&](const Function& function) {
    return std::any_of(function.statements().begin(), function.statements().end(), writes);
  });
}

// Returns the variable of the program's own that the loop asks about, or null: what a function says may come
// from outside.
const clang::ValueDecl* state_asked(const Pass& pass, const Function& function, const clang::Stmt& loop) {
  const clang::Expr* condition = loop_condition(loop);
  if (!condition) return nullptr;
  for (const clang::Stmt* stmt : function.statements()) {
    const auto* expr = llvm::dyn_cast<clang::Expr>(stmt);
    if (!expr || !function.is_inside(stmt, condition)) continue;
    const auto call = as_call(stmt);
    if (call && call->function() && pass.unit().is_project(call->function()->getLocation())) return nullptr;
  }
  for (const clang::Stmt* stmt : function.statements()) {
    const auto* member = llvm::dyn_cast<clang::MemberExpr>(stmt);
    const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(stmt);
    if ((!member && !name) || !function.is_inside(stmt, condition)) continue;
    const auto* variable = root_object(llvm::cast<clang::Expr>(stmt));
    if (variable && llvm::isa<clang::VarDecl, clang::FieldDecl>(variable) && is_written(pass, variable))
      return variable;
  }
  return nullptr;
}

void check_polling(Pass& pass, const Function& coroutine) {
  for (const clang::Stmt* loop : loops_of(coroutine)) {
    std::size_t sleeps = 0, others = 0;
    for (const Suspension& suspension : coroutine.suspensions())
      if (coroutine.is_inside(suspension.expr, loop))
        ++(only_sleeps(pass, coroutine, suspension) ? sleeps : others);
    const clang::ValueDecl* state = sleeps > 0 && others == 0 ? state_asked(pass, coroutine, *loop) : nullptr;
    if (state)
      pass.report(coroutine, head_of(*loop), polls, {coroutine.name(), state->getNameAsString()})
          .label("wakes up for nothing until then, and notices the change late")
          .note(state, "changed by this program")
          .help("await an event, a condition variable or a channel that is told of the change")
          .level(Level::note);
  }
  for (const Call& call : coroutine.calls())
    if (const Entry* wait = timer_wait(pass, call); wait && is_awaited(coroutine, call.expr))
      for (const clang::Expr* argument : call.arguments)
        if (constant_of(argument, pass.ast()) == 0)
          pass.report(coroutine, call.expr, sleeps_for_nothing,
                      {qualified_name(*call.callee), coroutine.name()})
              .label("a timer is set and fires at once, to let others run")
              .help(advice(pass, wait->library, "yield", "say what is meant: yield, or post to the executor"))
              .level(Level::note);
}

}  // namespace

void check_loops(Pass& pass, const Function& coroutine) {
  if (pass.options().flag(endless_loops.name)) check_endless(pass, coroutine);
  if (pass.options().flag(polling.name)) check_polling(pass, coroutine);
}

}  // namespace corolint::blocking
