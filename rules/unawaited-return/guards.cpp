#include "coroutines/flow.h"
#include "coroutines/local_scope.h"
#include "coroutines/value_use.h"
#include "returns.h"

namespace corolint::unawaited {

namespace {

// Does the variable hold a permit or a lock that coroutines wait for, or a place in a gate?
bool holds_permit(const Pass& pass, const clang::VarDecl& variable) {
  const clang::CXXRecordDecl* record = variable.getType()->getAsCXXRecordDecl();
  if (!record || !record->hasDefinition() || record->hasTrivialDestructor()) return false;
  if (const Entry* lock = pass.models().find(Role::lock, variable.getType())) return lock->across_await;
  const bool has_value = variable.getInit() && !llvm::isa<clang::ParmVarDecl>(variable);
  const auto call = has_value ? as_call(initial_value(variable)) : std::nullopt;
  const clang::IdentifierInfo* method = call && call->receiver ? call->callee->getIdentifier() : nullptr;
  const Entry* scope = method ? pass.models().find(Role::scope, bare(call->receiver)->getType()) : nullptr;
  return scope && std::find(scope->add.begin(), scope->add.end(), method->getName()) != scope->add.end();
}

// Is the variable named after its declaration: moved on, released, tested?
bool is_mentioned(const Function& function, const clang::VarDecl& variable) {
  const auto names = function.all<clang::DeclRefExpr>();
  return std::any_of(names.begin(), names.end(),
                     [&](const clang::DeclRefExpr* name) { return name->getDecl() == &variable; });
}

}  // namespace

void check_guards(Pass& pass, const Ending& ending, const clang::Expr* returned) {
  const Function& function = ending.function();
  const auto check = [&](const clang::VarDecl& variable) {
    if (!ending.contains(&variable) || is_mentioned(function, variable) || !holds_permit(pass, variable))
      return;
    const std::string name = variable.getName().empty() ? "the parameter" : variable.getNameAsString();
    pass.report(function, returned, guard, {called_name(returned), name})
        .label("what it starts goes on after this function has returned")
        .note(&variable, "released when this function returns")
        .help(
            "make this function a coroutine and write 'co_return co_await', or move it into the end of the "
            "work");
  };
  for (const clang::ParmVarDecl* parameter : function.declaration().parameters()) check(*parameter);
  for (const auto* statement : function.all<clang::DeclStmt>())
    for (const clang::Decl* declared : statement->decls())
      if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(declared);
          variable && LocalScope(function, *variable).holds(returned))
        check(*variable);
}

}  // namespace corolint::unawaited
