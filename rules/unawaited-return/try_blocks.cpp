#include <algorithm>

#include "coroutines/caught.h"
#include "returns.h"

namespace corolint::unawaited {

namespace {

bool holds_try(const Function& function, const clang::CXXTryStmt& block, const clang::Stmt* stmt) {
  return function.is_inside(stmt, block.getTryBlock());
}

// Does the handler turn an exception into an awaitable that has failed, or throw? Then it is there for what
// is thrown before the work starts.
bool makes_failed_awaitable(const Function& function, const clang::CXXCatchStmt& handler) {
  const auto throws = function.all<clang::CXXThrowExpr>();
  const auto& calls = function.calls();
  return std::any_of(throws.begin(), throws.end(),
                     [&](const auto* one) { return function.is_inside(one, &handler); }) ||
         std::any_of(calls.begin(), calls.end(), [&](const Call& call) {
           const clang::IdentifierInfo* name = call.callee->getIdentifier();
           return name && function.is_inside(call.expr, &handler) &&
                  (name->getName().contains_insensitive("exception") || name->getName() == "abort" ||
                   name->getName() == "terminate");
         });
}

// Is what is returned the work of a coroutine, which throws nothing when it is called?
bool is_coroutine_call(const Pass& pass, const clang::Expr* returned) {
  const auto call = as_call(returned);
  const clang::FunctionDecl* callee = call ? call->function() : nullptr;
  const clang::FunctionDecl* definition = callee ? callee->getDefinition() : nullptr;
  if (definition && definition->getBody()) return llvm::isa<clang::CoroutineBodyStmt>(definition->getBody());
  const auto awaitable = pass.awaitable(returned->getType());
  return callee && awaitable && awaitable->is_coroutine_type && awaitable->never_runs();
}

}  // namespace

void check_try(Pass& pass, const Function& function, const clang::Expr* returned) {
  for (const auto* block : function.all<clang::CXXTryStmt>()) {
    if (!holds_try(function, *block, returned) || !is_coroutine_call(pass, returned)) continue;
    const clang::CXXCatchStmt* meant = nullptr;
    for (unsigned i = 0; i < block->getNumHandlers(); ++i)
      if (!makes_failed_awaitable(function, *block->getHandler(i))) meant = block->getHandler(i);
    if (!meant) continue;
    pass.report(function, returned, out_of_try, {called_name(returned)})
        .label("its work runs, and fails, after this block was left")
        .note(meant, "meant for its error, as it seems: '" + spelling(*meant) + "'")
        .help("make this function a coroutine and write 'co_return co_await'");
  }
}

}  // namespace corolint::unawaited
