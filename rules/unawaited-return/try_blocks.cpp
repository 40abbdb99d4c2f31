#include <algorithm>

#include "coroutines/caught.h"
#include "returns.h"

namespace corolint::unawaited {

namespace {

bool holds_try(const Function& function, const clang::CXXTryStmt& block, const clang::Stmt* stmt) {
  return function.is_inside(stmt, block.getTryBlock());
}

bool makes_failure(const Call& call) {
  const clang::IdentifierInfo* name = call.callee->getIdentifier();
  return name && (name->getName().contains_insensitive("exception") || name->getName() == "abort" ||
                  name->getName() == "terminate");
}

// Does the handler only turn what is thrown into an awaitable that has failed, or throw on? Then nothing is
// lost if it never runs: who awaits sees the same error. One that logs on the way is meant to.
bool only_passes_on(const Function& function, const clang::CXXCatchStmt& handler) {
  const auto throws = function.all<clang::CXXThrowExpr>();
  const auto in_handler = [&](const clang::Stmt* stmt) { return function.is_inside(stmt, &handler); };
  bool passes_on = std::any_of(throws.begin(), throws.end(), in_handler);
  for (const Call& call : function.calls()) {
    if (!in_handler(call.expr)) continue;
    const bool is_part = function.around<clang::ReturnStmt>(call.expr) ||
                         function.around<clang::CXXThrowExpr>(call.expr) || call.is_construction();
    if (!makes_failure(call) && !is_part) return false;
    passes_on = passes_on || makes_failure(call);
  }
  return passes_on;
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
      if (!only_passes_on(function, *block->getHandler(i))) meant = block->getHandler(i);
    if (!meant) continue;
    pass.report(function, returned, out_of_try, {called_name(returned)})
        .label("its work runs, and fails, after this block was left")
        .note(meant, "meant for its error, as it seems: '" + spelling(*meant) + "'")
        .help("make this function a coroutine and write 'co_return co_await'");
  }
}

}  // namespace corolint::unawaited
