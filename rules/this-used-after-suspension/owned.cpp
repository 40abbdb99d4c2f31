// Objects that have owners: they end when these let them go.

#include <algorithm>

#include "coroutines/value_use.h"
#include "exports.h"
#include "unit/made_object.h"
#include "unit/names.h"
#include "unit/smart_pointer.h"

namespace corolint::objects {

namespace {

// Returns the class of the object that the statement makes for an owner, or null.
const clang::CXXRecordDecl* class_made_at(const clang::Stmt* stmt) {
  if (const auto* made = llvm::dyn_cast<clang::CXXNewExpr>(stmt))
    return made->getAllocatedType()->getAsCXXRecordDecl();
  const auto call = llvm::isa<clang::CallExpr>(stmt) ? as_call(stmt) : std::nullopt;
  return call ? class_made_for_owner(*call) : nullptr;
}

bool is_reference_parameter(const clang::Expr* expr) {
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(bare(expr));
  return name && llvm::isa<clang::ParmVarDecl>(name->getDecl()) &&
         name->getDecl()->getType()->isLValueReferenceType();
}

// Does the owner of what `made` makes go to the caller: returned, there or by the name of a local, or
// assigned to what a parameter refers to?
bool is_handed(const Function& function, const clang::Expr* made, const clang::CXXRecordDecl& object) {
  for (const clang::Stmt* outer = made; outer; outer = function.parent(outer))
    if (const auto* assignment = llvm::dyn_cast<clang::CXXOperatorCallExpr>(outer))
      if (assignment->isAssignmentOp() && is_reference_parameter(assignment->getArg(0))) return true;
  if (!owns(function.declaration().getReturnType(), object)) return false;
  if (function.around<clang::ReturnStmt>(made)) return true;
  const clang::VarDecl* local = initialised_variable(function, made);
  const auto leaves = function.all<clang::ReturnStmt>();
  return local && std::any_of(leaves.begin(), leaves.end(), [&](const clang::ReturnStmt* leave) {
           return mentions(function, leave, local);
         });
}

// Returns the shared class whose object's owner the call gives to its caller, by its result or by an
// argument, or null.
const clang::CXXRecordDecl* class_given(const Pass& pass, const Call& call) {
  const clang::FunctionDecl* callee = call.function();
  if (!callee || !pass.unit().is_project(callee->getLocation())) return nullptr;
  const auto shared = [](clang::QualType owner) -> const clang::CXXRecordDecl* {
    const clang::CXXRecordDecl* object = smart_pointee(owner);
    return object && is_shared_by_design(*object) ? object : nullptr;
  };
  if (const clang::CXXRecordDecl* given = shared(callee->getReturnType())) return given;
  for (const clang::ParmVarDecl* parameter : callee->parameters()) {
    const clang::QualType type = parameter->getType();
    if (!type->isLValueReferenceType() || type.getNonReferenceType().isConstQualified()) continue;
    if (const clang::CXXRecordDecl* given = shared(type)) return given;
  }
  return nullptr;
}

void export_one(Pass& pass, const clang::CXXRecordDecl& made, Owned owned) {
  const auto tell = [&](const clang::CXXRecordDecl* one) {
    owned.object = qualified_name(*one);
    if (pass.unit().is_project(one->getLocation())) export_record(pass, "owned", owned);
    return true;
  };
  tell(&made);
  made.forallBases(tell);
}

}  // namespace

void export_owned(Pass& pass, const Function& function, std::set<const clang::CXXRecordDecl*>& seen) {
  const bool by_main = function.declaration().isMain();
  const auto maker = [&] { return by_main ? "" : definition_key(pass, function.declaration()); };
  for (const clang::Stmt* stmt : function.statements()) {
    const clang::CXXRecordDecl* made = class_made_at(stmt);
    if (!made || !made->hasDefinition() || !pass.unit().is_project(made->getLocation())) continue;
    const bool is_shared = is_shared_by_design(*made);
    if (!is_shared && !by_main && !seen.insert(made->getCanonicalDecl()).second) continue;
    const bool handed = is_shared && is_handed(function, llvm::cast<clang::Expr>(stmt), *made);
    export_one(pass, *made, {"", is_shared, maker(), "", handed});
  }
  for (const Call& call : function.calls())
    if (const clang::CXXRecordDecl* given = class_given(pass, call))
      export_one(pass, *given,
                 {"", true, maker(), definition_key(pass, *call.function()),
                  is_handed(function, call.expr, *given)});
}

}  // namespace corolint::objects
