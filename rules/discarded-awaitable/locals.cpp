#include "dropped.h"

namespace corolint::discarded {

namespace {

// Does the author say that the variable is not meant to be used?
bool is_marked_unused(const clang::VarDecl& variable) {
  return variable.hasAttr<clang::UnusedAttr>() || variable.getName().starts_with("_");
}

void check_local(Pass& pass, const Function& function, const clang::VarDecl& variable) {
  if (!variable.isLocalVarDecl() || variable.isStaticLocal() || variable.isReferenced() ||
      !variable.getInit())
    return;
  const clang::Expr* made = initial_value(variable);
  if (!llvm::isa<clang::CallExpr, clang::CoawaitExpr>(made) || !made->isPRValue()) return;
  const auto awaitable = pass.awaitable(variable.getType().getNonReferenceType());
  const auto use = is_marked_unused(variable) ? ValueUse::dropped_on_purpose : ValueUse::dropped;
  if (!awaitable || is_tolerated(*awaitable, use)) return;
  pass.report(function, &variable, awaitable->never_runs() ? unused_lazy : unused,
              {short_name(awaitable->name), callee_name(made), variable.getNameAsString()})
      .label(what_happens(*awaitable))
      .note(awaitable->evidence, what_evidence_shows(*awaitable))
      .help(function.is_coroutine()
                ? "write 'co_await' before the call, or await '" + variable.getNameAsString() + "' later"
                : remedy(function));
}

}  // namespace

void check_locals(Pass& pass, const Function& function) {
  for (const auto* statement : function.all<clang::DeclStmt>())
    for (const clang::Decl* declaration : statement->decls())
      if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration))
        check_local(pass, function, *variable);
}

}  // namespace corolint::discarded
