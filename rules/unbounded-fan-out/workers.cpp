#include "workers.h"

#include <algorithm>

#include "coroutines/callable.h"
#include "rule/waiting.h"
#include "unbounded_loop.h"

namespace corolint::fan_out {

namespace {

bool runs_event_loop(const Pass& pass, const Function& work) {
  return std::any_of(work.calls().begin(), work.calls().end(), [&](const Call& call) {
    const Entry* wait = pass.find(Role::sync_wait, call);
    return wait && wait->subject == "loop";
  });
}

// Returns the definition of the program's function that is called, or null.
const clang::FunctionDecl* own_callee(const Pass& pass, const Call& call) {
  const clang::FunctionDecl* callee = call.function();
  const clang::FunctionDecl* definition = callee ? callee->getDefinition() : nullptr;
  const bool is_own =
      definition && definition->hasBody() && pass.unit().is_project(definition->getLocation());
  return is_own ? definition : nullptr;
}

// Does the call wait until it is told that there is something, on a condition variable or a semaphore:
// itself, or as the program's own queue?
bool waits_for_word(const Pass& pass, const Call& call) {
  const auto waits = [&](const Call& one) {
    const Entry* wait = pass.find(Role::block, one);
    return wait && wait->subject == "wait";
  };
  if (waits(call)) return true;
  const clang::FunctionDecl* callee = own_callee(pass, call);
  if (!callee) return false;
  const Function queue(*callee);
  return std::any_of(queue.calls().begin(), queue.calls().end(), waits);
}

// Does it do so in a loop, or to know whether the loop goes on? One over some data is none.
bool waits_again_and_again(const Pass& pass, const Function& work) {
  return std::any_of(work.calls().begin(), work.calls().end(), [&](const Call& call) {
    const bool is_repeated = work.around<clang::WhileStmt>(call.expr) ||
                             work.around<clang::ForStmt>(call.expr) || work.around<clang::DoStmt>(call.expr);
    return is_repeated && waits_for_word(pass, call);
  });
}

// Returns the functions that the thread may begin with: what it is given, and what a lambda then calls.
std::vector<const clang::FunctionDecl*> work_of(const Pass& pass, const Function& function,
                                                const Call& call) {
  std::vector<const clang::FunctionDecl*> work;
  for (const auto* lambda : function.all<clang::LambdaExpr>())
    if (function.is_inside(lambda, call.expr)) work.push_back(lambda->getCallOperator());
  for (const clang::Expr* argument : call.arguments)
    if (const clang::FunctionDecl* named = stored_function(argument))
      if (const clang::FunctionDecl* definition = named->getDefinition()) work.push_back(definition);
  std::vector<const clang::FunctionDecl*> called;
  for (const clang::FunctionDecl* one : work) {
    if (!one->hasBody()) continue;
    const Function callable(*one);
    for (const Call& inner : callable.calls())
      if (const clang::FunctionDecl* callee = own_callee(pass, inner)) called.push_back(callee);
  }
  work.insert(work.end(), called.begin(), called.end());
  return work;
}

bool accepts_for_ever(const Pass& pass, const Function& work) {
  const auto& statements = work.statements();
  return std::any_of(statements.begin(), statements.end(), [&](const clang::Stmt* stmt) {
    return llvm::isa<clang::ForStmt, clang::WhileStmt, clang::DoStmt>(stmt) &&
           trips_in(pass, work, *stmt) == Trips::endless && waits_for(pass, work, "accept", stmt);
  });
}

}  // namespace

bool is_pool_worker(const Pass& pass, const Function& function, const Call& call, Trips trips) {
  if (!pass.find(Role::offload, call)) return false;
  if (trips == Trips::by_caller) return true;
  const auto work = work_of(pass, function, call);
  return std::any_of(work.begin(), work.end(), [&](const clang::FunctionDecl* one) {
    if (!one->hasBody()) return false;
    const Function callable(*one);
    return runs_event_loop(pass, callable) ||
           (trips == Trips::by_data && waits_again_and_again(pass, callable));
  });
}

bool starts_listener(const Pass& pass, const Function& function, const Call& call) {
  std::vector<const clang::FunctionDecl*> work = work_of(pass, function, call);
  for (const Call& inner : function.calls())
    if (function.is_inside(inner.expr, call.expr))
      if (const clang::FunctionDecl* callee = own_callee(pass, inner)) work.push_back(callee);
  return std::any_of(work.begin(), work.end(), [&](const clang::FunctionDecl* one) {
    return one->hasBody() && accepts_for_ever(pass, Function(*one));
  });
}

}  // namespace corolint::fan_out
