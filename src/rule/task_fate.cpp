#include "rule/task_fate.h"

#include <array>

#include "coroutines/container.h"
#include "coroutines/flow.h"
#include "coroutines/local_scope.h"
#include "coroutines/scope_shape.h"
#include "coroutines/value_use.h"
#include "llvm/ADT/STLExtras.h"
#include "rule/handlers.h"
#include "rule/may_wait.h"
#include "rule/moved_argument.h"
#include "rule/quiet_end.h"
#include "rule/waiting.h"

namespace corolint {

namespace {

// Does the expression hand on the value of its part as it is?
bool is_wrapping(const clang::Stmt* stmt) {
  if (const auto* construction = llvm::dyn_cast_or_null<clang::CXXConstructExpr>(stmt))
    return construction->getConstructor()->isCopyOrMoveConstructor();
  return llvm::isa_and_nonnull<clang::ParenExpr, clang::ImplicitCastExpr, clang::MaterializeTemporaryExpr,
                               clang::CXXBindTemporaryExpr, clang::ExprWithCleanups, clang::ConstantExpr,
                               clang::MemberExpr, clang::CXXFunctionalCastExpr, clang::InitListExpr>(stmt);
}

// A conversion that nobody wrote: of a task to an optional of one.
bool is_converting(const Function& function, const clang::Stmt* stmt) {
  const auto* construction = llvm::dyn_cast<clang::CXXConstructExpr>(stmt);
  if (!construction || construction->getNumArgs() != 1) return false;
  const clang::Stmt* outer = function.parent(stmt);
  while (llvm::isa_and_nonnull<clang::CXXBindTemporaryExpr>(outer)) outer = function.parent(outer);
  const auto* cast = llvm::dyn_cast_or_null<clang::ImplicitCastExpr>(outer);
  return cast && cast->getCastKind() == clang::CK_ConstructorConversion;
}

const clang::Stmt* unwrapped_parent(const Function& function, const clang::Stmt* stmt) {
  const clang::Stmt* outer = function.parent(stmt);
  while (outer && (is_wrapping(outer) || is_converting(function, outer))) outer = function.parent(outer);
  return outer;
}

// Does the call take the coroutine and give it back with something added: a scheduler, a token?
bool passes_on(const Pass& pass, const Call& call) {
  return pass.awaitable(call.expr->getType()).has_value() ||
         (call.callee->isInStdNamespace() && call.callee->getIdentifier() &&
          call.callee->getName() == "move");
}

bool starts(const Pass& pass, const Function& function, const Call& call, const clang::Expr* task) {
  const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(call.function());
  const bool is_argument = !call.receiver || !function.is_inside(task, call.receiver);
  if (method && is_argument && adds_to_scope(*method, pass.ast())) return true;
  const Entry* spawn = pass.find(Role::spawn, call);
  if (!spawn || spawn->start == Start::lazy) return false;
  const bool is_receiver = call.receiver && function.is_inside(task, call.receiver);
  return is_receiver || is_work(function, task, call, *spawn);
}

// Does the function that received the task do no more than to start it?
bool starts_received(const Pass& pass, const Received& received) {
  const auto is_start = [&](const clang::DeclRefExpr* name) {
    if (name->getDecl() != received.parameter) return false;
    for (const clang::Stmt* outer = received.body->parent(name); llvm::isa_and_nonnull<clang::Expr>(outer);
         outer = received.body->parent(outer))
      if (const auto call = as_call(outer); call && starts(pass, *received.body, *call, name))
        return is_last_call(*received.body, call->expr);
    return false;
  };
  return llvm::any_of(received.body->all<clang::DeclRefExpr>(), is_start);
}

// Is it a function of the project, without a body here, that by its name starts what it is given and by its
// type gives nothing back to wait for?
bool starts_by_name(const Pass& pass, const Call& call) {
  const clang::FunctionDecl* callee = call.function();
  if (!callee || !callee->getIdentifier() || callee->getDefinition() ||
      !callee->getReturnType()->isVoidType() || !pass.unit().is_project(callee->getLocation()))
    return false;
  std::string name = callee->getName().lower();
  std::erase(name, '_');
  constexpr std::array starts = {"adopt",  "cospawn",     "detach", "fireandforget",
                                 "launch", "rundetached", "spawn",  "startdetached"};
  return llvm::any_of(starts, [&](const char* start) { return name.starts_with(start); });
}

// Returns what is assigned to, or null.
const clang::Expr* assigned_to(const clang::Stmt* stmt) {
  const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(stmt);
  return operation && operation->getOperator() == clang::OO_Equal ? operation->getArg(0) : nullptr;
}

// Does what stands around a task store it, so that who holds that has the task? A function of the project
// that is given a task and returns something else may have run it.
bool may_hold_task(const clang::Stmt* outer) {
  const auto call = llvm::isa<clang::Expr>(outer) ? as_call(outer) : std::nullopt;
  if (!call) return !llvm::isa<clang::CallExpr>(outer);
  return call->is_construction() || call->receiver || call->callee->isInStdNamespace();
}

// Returns the fate of `inner` by what stands right around it, or nothing if that only hands it on.
std::optional<TaskFate> fate_at(const Pass& pass, const Function& function, const clang::Stmt* outer,
                                const clang::Expr* inner) {
  const auto call = llvm::isa<clang::Expr>(outer) ? as_call(outer) : std::nullopt;
  if (llvm::isa<clang::ReturnStmt>(outer)) return TaskFate{TaskFate::returned, outer};
  if (llvm::isa<clang::DeclStmt>(outer)) return TaskFate{TaskFate::kept, outer};
  if (llvm::isa<clang::CXXForRangeStmt>(outer) && !pass.ast().getLangOpts().CPlusPlus23)
    return TaskFate{TaskFate::kept, inner};
  if (call && starts(pass, function, *call, inner)) return TaskFate{TaskFate::started, call->expr};
  if (call && call->is_construction() && moves_into_member(*call, inner)) return std::nullopt;
  if (const auto handed = call ? received(pass, *call, inner) : std::nullopt) {
    if (moves_to_what_stays(*handed)) return TaskFate{TaskFate::kept, call->expr};
    if (starts_received(pass, *handed)) return TaskFate{TaskFate::started, call->expr};
  }
  const bool is_argument =
      call && llvm::any_of(call->arguments, [&](const clang::Expr* one) { return bare(one) == bare(inner); });
  if (is_argument && starts_by_name(pass, *call)) return TaskFate{TaskFate::started, call->expr};
  if (const clang::Expr* target = assigned_to(outer); target && value_use(function, inner) == ValueUse::used)
    return TaskFate{TaskFate::kept, outer, root_object(target)};
  if (call && !llvm::isa<clang::CXXMemberCallExpr>(outer) && passes_on(pass, *call)) return std::nullopt;
  if (const auto* container = may_hold_task(outer) ? container_added_to(function, inner) : nullptr)
    return TaskFate{TaskFate::kept, outer, container};
  return call && passes_on(pass, *call) ? std::nullopt : std::optional(TaskFate());
}

// Does the function declare something in the scope whose destructor, which runs there, may wait?
bool declares_what_may_wait(const Function& function, const LocalScope& scope) {
  return llvm::any_of(function.all<clang::DeclStmt>(), [&](const clang::DeclStmt* statement) {
    return scope.holds(statement) && llvm::any_of(statement->decls(), [](const clang::Decl* decl) {
             const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl);
             return variable && !variable->getType()->isReferenceType() &&
                    !ends_quietly(variable->getType(), variable->getASTContext());
           });
  });
}

// Does the work that is started there run on threads of its own, so that a coroutine may block for it?
bool runs_in_pool(const Pass& pass, const clang::Stmt* at) {
  const auto call = llvm::isa<clang::Expr>(at) ? as_call(at) : std::nullopt;
  return call && pass.find(Role::offload, *call);
}

// Returns the call by which the coroutine tells what works with the local variable to end, `stop.cancel();`,
// and after which it leaves without another suspension, or a loop that may be meant to wait; null if there is
// none. The work was not at its end, then, or there were nothing to tell it.
const clang::Expr* last_word(const Function& coroutine, const clang::VarDecl& local, const LocalScope& scope,
                             const clang::Stmt* at) {
  constexpr llvm::StringRef words[] = {"cancel", "close", "emit", "request_abort", "request_stop"};
  const Flow& flow = *coroutine.flow();
  for (const Call& call : coroutine.calls()) {
    const clang::IdentifierInfo* name = call.receiver ? call.callee->getIdentifier() : nullptr;
    if (!name || !llvm::is_contained(words, name->getName()) || root_object(call.receiver) != &local)
      continue;
    const auto comes_after = [&](const clang::Stmt* stmt) {
      return scope.holds(stmt) && flow.may_follow(call.expr, stmt);
    };
    const bool waits =
        llvm::any_of(coroutine.suspensions(), [&](const Suspension& one) { return comes_after(one.expr); }) ||
        llvm::any_of(coroutine.all<clang::WhileStmt>(),
                     [&](const clang::WhileStmt* loop) { return comes_after(loop->getCond()); });
    if (!waits && flow.may_follow(at, call.expr)) return call.expr;
  }
  return nullptr;
}

}  // namespace

TaskFate fate_of(const Pass& pass, const Function& function, const clang::Expr* task, bool is_lazy) {
  if (is_waited_for(pass, function, task) || function.around<clang::CoyieldExpr>(task)) return {};
  if (value_use(function, task) != ValueUse::used)
    return is_lazy ? TaskFate() : TaskFate{TaskFate::started, task};
  const clang::Expr* inner = task;
  while (const clang::Stmt* outer = unwrapped_parent(function, inner)) {
    if (const auto fate = fate_at(pass, function, outer, inner)) return *fate;
    inner = llvm::cast<clang::Expr>(outer);
  }
  return {};
}

TaskFate last_fate_of(const Pass& pass, const Function& function, const clang::Expr* value, bool is_lazy) {
  const TaskFate fate = fate_of(pass, function, value, is_lazy);
  const clang::VarDecl* variable =
      fate.kind == TaskFate::kept && !fate.container ? initialised_variable(function, value) : nullptr;
  const clang::DeclRefExpr* only = nullptr;
  for (const auto* name : function.all<clang::DeclRefExpr>()) {
    if (!variable || name->getDecl() != variable) continue;
    if (only) return fate;
    only = name;
  }
  return only ? fate_of(pass, function, only, is_lazy) : fate;
}

bool ends_without_waiting(const Pass& pass, const Function& function, const clang::Stmt* at) {
  const Flow* flow = function.flow();
  if (!flow) return false;
  return std::none_of(function.calls().begin(), function.calls().end(),
                      [&](const Call& call) {
                        return !function.is_inside(call.expr, at) && flow->may_follow(at, call.expr) &&
                               may_wait(pass, function, call);
                      }) &&
         std::none_of(function.suspensions().begin(), function.suspensions().end(),
                      [&](const Suspension& suspension) { return flow->may_follow(at, suspension.expr); });
}

bool outlives(const Pass& pass, const Function& function, const clang::VarDecl& local,
              const clang::Stmt* at) {
  const bool is_generator =
      llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(function.declaration().getBody()) &&
      !function.is_coroutine();
  const Flow* flow = is_generator ? nullptr : function.flow();
  if (!flow) return false;
  const LocalScope scope(function, local);
  if (const clang::Expr* word = function.is_coroutine() ? last_word(function, local, scope, at) : nullptr)
    at = word;
  const auto follows = [&](const clang::Expr* expr) {
    return scope.holds(expr) && flow->may_follow(at, expr, scope.begins_anew(at));
  };
  if (llvm::any_of(function.suspensions(), [&](const Suspension& one) { return follows(one.expr); }))
    return false;
  // It may wait in place, too, as in a loop that sleeps until all are done.
  if (llvm::any_of(function.calls(), [&](const Call& call) {
        return (pass.find(Role::block, call) || pass.find(Role::sync_wait, call) || polls(function, call)) &&
               follows(call.expr);
      }))
    return false;
  if (function.is_coroutine() && !runs_in_pool(pass, at)) return true;
  return llvm::none_of(
             function.calls(),
             [&](const Call& call) { return follows(call.expr) && may_wait(pass, function, call); }) &&
         !declares_what_may_wait(function, scope);
}

}  // namespace corolint
