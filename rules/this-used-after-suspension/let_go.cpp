#include "let_go.h"

#include <algorithm>

#include "coroutines/value_use.h"
#include "rule/handlers.h"
#include "rule/late_use.h"
#include "this_use.h"

namespace corolint::objects {

namespace {

bool is_this(const clang::Expr* receiver) {
  return receiver && llvm::isa<clang::CXXThisExpr>(bare(receiver));
}

// Does nobody get hold of what the call that starts the work returns?
bool is_dropped(const Function& function, const clang::Expr* call) {
  return call->getType()->isVoidType() || value_use(function, call) != ValueUse::used;
}

// Is the work given to a scope? One that is part of the object cannot end before it; another one is joined by
// somebody who may keep the object.
bool is_scoped(const Pass& pass, const clang::Stmt* at) {
  const auto call = as_call(at);
  if (!call) return false;
  const Entry* spawn = pass.find(Role::spawn, *call);
  return spawn ? spawn->is_owned
               : call->receiver && pass.models().find(Role::scope, bare(call->receiver)->getType());
}

// Returns the coroutine method of the project that the call calls, or null.
const clang::FunctionDecl* member_coroutine(const Pass& pass, const Call& call) {
  const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(call.function());
  if (!method || !call.receiver || !method->isImplicitObjectMemberFunction()) return nullptr;
  if (method->getParent()->isLambda() || !pass.unit().is_project(method->getLocation())) return nullptr;
  const clang::QualType type = method->getReturnType();
  if (!type->isRecordType()) return nullptr;
  return coroutine_type_shape(type, pass.ast()).type || pass.awaitable(type) ? method : nullptr;
}

void add_call(const Pass& pass, const Function& function, const Call& call, std::vector<LetGo>& found) {
  const clang::FunctionDecl* coroutine = member_coroutine(pass, call);
  if (!coroutine) return;
  const TaskFate fate = fate_of(pass, function, call.expr, is_lazy(pass, call.expr->getType()));
  const clang::Expr* receiver = is_this(call.receiver) ? nullptr : call.receiver;
  if (fate.kind == TaskFate::unknown || is_scoped(pass, fate.at)) return;
  const auto* start = llvm::dyn_cast<clang::Expr>(fate.at);
  const bool is_started = fate.kind == TaskFate::started;
  const bool is_alone = fate.container && !fate.container->getDeclContext()->isFunctionOrMethod();
  if (is_started ? !start || !is_dropped(function, start) : !receiver) return;
  found.push_back({coroutine, receiver, fate.at, is_started, is_started || is_alone});
}

// Returns the coroutine that works with the object: the lambda, or the one that it does nothing but call.
const clang::FunctionDecl* coroutine_of(const Pass& pass, const clang::LambdaExpr& lambda) {
  const clang::CXXMethodDecl* operation = lambda.getCallOperator();
  if (llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(operation->getBody())) return operation;
  const auto* block = llvm::dyn_cast_or_null<clang::CompoundStmt>(operation->getBody());
  const auto* leave =
      block && block->size() == 1 ? llvm::dyn_cast<clang::ReturnStmt>(*block->body_begin()) : nullptr;
  const auto call = leave && leave->getRetValue() ? as_call(made_from(leave->getRetValue())) : std::nullopt;
  return call && is_this(call->receiver) ? member_coroutine(pass, *call) : nullptr;
}

// Returns the call that starts the lambda and keeps it until its coroutine is done, or null.
const clang::Expr* start_of(const Pass& pass, const Function& function, const clang::LambdaExpr& lambda) {
  for (const clang::Stmt* outer = function.parent(&lambda); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer)) {
    const auto call = as_call(outer);
    const Entry* spawn = call ? pass.find(Role::spawn, *call) : nullptr;
    if (!spawn) continue;
    const bool is_start =
        spawn->start != Start::lazy && !spawn->is_owned && is_work(function, &lambda, *call, *spawn);
    return is_start && is_dropped(function, call->expr) ? call->expr : nullptr;
  }
  return nullptr;
}

void add_lambda(const Pass& pass, const Function& function, const clang::LambdaExpr& lambda,
                std::vector<LetGo>& found) {
  const bool has_this = std::any_of(lambda.capture_begin(), lambda.capture_end(), [](const auto& capture) {
    return capture.getCaptureKind() == clang::LCK_This;
  });
  const clang::FunctionDecl* coroutine = has_this ? coroutine_of(pass, lambda) : nullptr;
  const clang::Expr* start = coroutine ? start_of(pass, function, lambda) : nullptr;
  if (start) found.push_back({coroutine, nullptr, start, true, true});
}

}  // namespace

std::vector<LetGo> let_go_in(const Pass& pass, const Function& function) {
  std::vector<LetGo> found;
  for (const Call& call : function.calls()) add_call(pass, function, call, found);
  for (const auto* lambda : function.all<clang::LambdaExpr>()) add_lambda(pass, function, *lambda, found);
  return found;
}

}  // namespace corolint::objects
