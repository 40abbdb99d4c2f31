#include "lives.h"

#include <algorithm>

#include "coroutines/value_use.h"
#include "unit/made_object.h"
#include "unit/type_argument.h"

namespace corolint::objects {

namespace {

// Returns the pointer object in `pointer->`, or null.
const clang::Expr* owner_in(const clang::Expr* receiver) {
  const auto* arrow = llvm::dyn_cast_or_null<clang::CXXOperatorCallExpr>(bare(receiver));
  const bool is_access =
      arrow && (arrow->getOperator() == clang::OO_Arrow || arrow->getOperator() == clang::OO_Star);
  return is_access ? arrow->getArg(0) : nullptr;
}

// Is the expression a new object that nobody has a name for?
bool is_temporary(const clang::Expr* expr) {
  while (const auto* cast = llvm::dyn_cast<clang::ImplicitCastExpr>(expr)) expr = cast->getSubExpr();
  const auto* made = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(expr);
  return made ? made->getStorageDuration() == clang::SD_FullExpression
              : expr->isPRValue() && expr->getType()->isRecordType();
}

// Does the call make the object that it returns the only owner of (make_shared)?
bool makes_owned(const clang::Expr* expr) {
  const auto call = as_call(made_from(expr));
  return call && class_made_for_owner(*call);
}

const clang::VarDecl* own_local(const Function& function, const clang::Expr* expr) {
  const auto* name = llvm::dyn_cast_or_null<clang::DeclRefExpr>(bare(expr));
  const auto* local = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
  const bool is_own = local && local->hasLocalStorage() && !local->getType()->isReferenceType() &&
                      local->getParentFunctionOrMethod() == &function.declaration();
  return is_own ? local : nullptr;
}

// Is every use of the owner an access to the object, so that nobody else comes to own it?
bool is_only_accessed(const Function& function, const clang::VarDecl& owner) {
  std::size_t names = 0, accesses = 0;
  for (const auto* name : function.all<clang::DeclRefExpr>()) names += name->getDecl() == &owner;
  for (const auto* arrow : function.all<clang::CXXOperatorCallExpr>()) {
    const clang::Expr* accessed = owner_in(arrow);
    const auto* name = accessed ? llvm::dyn_cast<clang::DeclRefExpr>(bare(accessed)) : nullptr;
    accesses += name && name->getDecl() == &owner;
  }
  const auto lambdas = function.all<clang::LambdaExpr>();
  const bool is_captured = std::any_of(lambdas.begin(), lambdas.end(), [&](const clang::LambdaExpr* lambda) {
    return std::any_of(lambda->capture_begin(), lambda->capture_end(), [&](const auto& capture) {
      return capture.capturesVariable() && capture.getCapturedVar() == &owner;
    });
  });
  return names == accesses && !is_captured;
}

End end_of_owned(const Function& function, const clang::Expr* owner, const clang::Stmt* way) {
  const clang::QualType owned = type_argument(owner->getType().getNonReferenceType()->getAsCXXRecordDecl());
  const clang::CXXRecordDecl* object = owned.isNull() ? nullptr : owned->getAsCXXRecordDecl();
  if (!object) return {};
  if (makes_owned(owner)) return {End::temporary, nullptr, way, object};
  const clang::VarDecl* local = own_local(function, owner);
  const bool is_sole = local && local->getInit() && !llvm::isa<clang::ParmVarDecl>(local) &&
                       makes_owned(local->getInit()) && is_only_accessed(function, *local);
  return is_sole ? End{End::local, local, way, object} : End{};
}

}  // namespace

End end_of(const Function& function, const clang::Expr* receiver) {
  if (const clang::Expr* owner = owner_in(receiver)) return end_of_owned(function, owner, receiver);
  if (receiver->getType()->isPointerType()) return {};
  const clang::CXXRecordDecl* object = receiver->getType()->getAsCXXRecordDecl();
  if (!object) return {};
  if (is_temporary(receiver)) return {End::temporary, nullptr, receiver, object};
  const clang::VarDecl* local = own_local(function, receiver);
  return local ? End{End::local, local, receiver, object} : End{};
}

bool is_past(const Pass& pass, const Function& function, const End& end, const clang::Stmt* at) {
  return end.kind == End::temporary ||
         (end.kind == End::local && outlives(pass, function, *end.variable, at));
}

}  // namespace corolint::objects
