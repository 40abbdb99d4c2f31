#include "rule/handlers.h"

#include <algorithm>

#include "coroutines/callable.h"
#include "llvm/ADT/STLExtras.h"

namespace corolint {

namespace {

// Returns the call that hands the lambda over as its work, if the models know it for one in that role.
std::optional<Call> hand_over(const Pass& pass, const Function& function, const clang::LambdaExpr* lambda,
                              Role role) {
  for (const clang::Stmt* outer = function.parent(lambda); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer)) {
    const auto call = as_call(outer);
    const Entry* entry = call ? pass.find(role, *call) : nullptr;
    if (entry && is_work(function, lambda, *call, *entry)) return call;
  }
  return std::nullopt;
}

}  // namespace

bool is_work(const Function& function, const clang::Expr* callable, const Call& call, const Entry& entry) {
  if (entry.work) {
    const clang::Expr* work = argument_at(call, *entry.work);
    return work && function.is_inside(callable, work);
  }
  return std::any_of(call.arguments.begin(), call.arguments.end(),
                     [&](const clang::Expr* argument) { return function.is_inside(callable, argument); });
}

std::optional<Call> continuation_of(const Pass& pass, const Function& function,
                                    const clang::LambdaExpr& lambda) {
  for (const clang::Stmt* outer = function.parent(&lambda); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer)) {
    const auto call = as_call(outer);
    if (!call || call->is_construction()) continue;
    const Entry* callback = pass.find(Role::callback, *call);
    const bool is_later = callback && callback->is_one_shot && is_work(function, &lambda, *call, *callback);
    return is_later ? call : std::nullopt;
  }
  return std::nullopt;
}

std::map<const Function*, Call> handlers_of(const Pass& pass) {
  std::map<const clang::FunctionDecl*, Call> handed;
  for (const Function& function : pass.functions())
    for (const auto* lambda : function.all<clang::LambdaExpr>()) {
      const auto call = hand_over(pass, function, lambda, Role::callback);
      if (call && !hand_over(pass, function, lambda, Role::offload))
        handed.emplace(&as_written(*lambda->getCallOperator()), *call);
    }
  std::map<const Function*, Call> handlers;
  for (const Function& function : pass.functions()) {
    const auto found = handed.find(&as_written(function.declaration()));
    if (found != handed.end()) handlers.emplace(&function, found->second);
  }
  return handlers;
}

bool is_called_by_library(const Pass& pass, const Function& function) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function.declaration());
  if (!method || !pass.models().find(Role::task, method->getReturnType())) return false;
  return llvm::any_of(method->overridden_methods(), [&](const clang::CXXMethodDecl* base) {
    return !pass.unit().is_project(base->getLocation());
  });
}

std::set<const Function*> offloaded_in(const Pass& pass) {
  std::set<const clang::FunctionDecl*> handed;
  for (const Function& function : pass.functions())
    for (const auto* lambda : function.all<clang::LambdaExpr>())
      if (hand_over(pass, function, lambda, Role::offload))
        handed.insert(&as_written(*lambda->getCallOperator()));
  std::set<const Function*> offloaded;
  for (const Function& function : pass.functions())
    if (handed.contains(&as_written(function.declaration()))) offloaded.insert(&function);
  return offloaded;
}

}  // namespace corolint
