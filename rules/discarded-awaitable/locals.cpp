#include <algorithm>

#include "coroutines/flow.h"
#include "dropped.h"

namespace corolint::discarded {

namespace {

// Does the author say that the variable is not meant to be used?
bool is_marked_unused(const clang::VarDecl& variable) {
  return variable.hasAttr<clang::UnusedAttr>() || variable.getName().starts_with("_");
}

// A named object that ends its work when it dies keeps the work running until then. A permit is no work: what
// is bound instead of it protects nothing.
bool is_scope(const Pass& pass, const Awaitable& awaitable, const clang::Expr* made) {
  const auto call = as_call(made);
  return awaitable.owns_work() && !(call && pass.find(Role::limit, *call)) && !takes_lock(pass, made);
}

// Does a plain function, such as main(), keep the work in the local while it runs the event loop? Then the
// work runs, and what nobody sees is its error.
bool is_kept_for_loop(const Pass& pass, const Function& function, const clang::Expr* made) {
  return !function.is_coroutine() && function.flow() &&
         std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& call) {
           const Entry* run = pass.find(Role::sync_wait, call);
           return run && run->subject == "loop" && function.flow()->may_follow(made, call.expr);
         });
}

void check_local(Pass& pass, const Function& function, const clang::DeclStmt& statement,
                 const clang::VarDecl& variable) {
  if (!variable.isLocalVarDecl() || variable.isStaticLocal()) return;
  const clang::Expr* made = unread_value(function, variable);
  if (!made || !llvm::isa<clang::CallExpr, clang::CoawaitExpr>(made) || !made->isPRValue()) return;
  const auto awaitable = must_await(pass, made);
  const auto use = is_marked_unused(variable) ? ValueUse::dropped_on_purpose : ValueUse::dropped;
  if (!awaitable || is_tolerated(*awaitable, use) || is_scope(pass, *awaitable, made)) return;
  const bool is_kept = !awaitable->never_runs() && is_kept_for_loop(pass, function, made);
  const bool is_lazy = awaitable->never_runs() && !awaitable->is_operation();
  const Message& message = takes_lock(pass, made) ? unlocked
                           : is_kept              ? unseen
                           : is_lazy              ? unused_lazy
                                                  : unused;
  pass.report(function, &variable, message,
              {awaitable->word, callee_name(pass, made), variable.getNameAsString()})
      .label(what_happens(*awaitable))
      .note(awaitable->evidence, what_evidence_shows(*awaitable))
      .help(is_kept ? "ask '" + variable.getNameAsString() + "' for its result after the loop"
            : function.is_coroutine()
                ? "write 'co_await' before the call, or await '" + variable.getNameAsString() + "' later"
                : remedy(function, *awaitable))
      .fix(await_instead(pass, function, statement, variable, made))
      .level(is_kept ? Level::note : level_of(*awaitable));
}

}  // namespace

void check_locals(Pass& pass, const Function& function) {
  for (const auto* statement : function.all<clang::DeclStmt>())
    for (const clang::Decl* declaration : statement->decls())
      if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration))
        check_local(pass, function, *statement, *variable);
}

}  // namespace corolint::discarded
