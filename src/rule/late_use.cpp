#include "rule/late_use.h"

#include <algorithm>

#include "clang/AST/DeclTemplate.h"
#include "coroutines/flow.h"

namespace corolint {

namespace {

const Function* body_of(const Pass& pass, const clang::FunctionDecl& callee) {
  const clang::FunctionDecl* definition = callee.getDefinition();
  const auto& functions = pass.functions();
  const auto found = std::find_if(functions.begin(), functions.end(), [&](const Function& function) {
    return &function.declaration() == definition;
  });
  return definition && found != functions.end() ? &*found : nullptr;
}

bool is_use(const clang::Stmt* stmt, const clang::ParmVarDecl* parameter) {
  if (!parameter) return llvm::isa<clang::CXXThisExpr>(stmt);
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(stmt);
  return name && name->getDecl() == parameter;
}

bool is_after_suspension(const Function& body, const clang::Stmt* use) {
  const auto& suspensions = body.suspensions();
  return body.flow() &&
         std::any_of(suspensions.begin(), suspensions.end(), [&](const Suspension& suspension) {
           return body.flow()->may_follow(suspension.expr, use);
         });
}

bool is_lazy(const Pass& pass, const clang::FunctionDecl& callee) {
  const auto awaitable = pass.awaitable(callee.getReturnType());
  if (awaitable) return awaitable->never_runs();
  return coroutine_type_shape(callee.getReturnType(), pass.ast()).is_lazy.value_or(false);
}

// Clang knows the views of the standard library for such, and what others mark [[gsl::Pointer]].
bool is_marked_view(const clang::CXXRecordDecl& record) {
  const auto* made = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  return record.hasAttr<clang::PointerAttr>() ||
         (made && made->getSpecializedTemplate()->getTemplatedDecl()->hasAttr<clang::PointerAttr>());
}

}  // namespace

bool is_borrowed(clang::QualType type) {
  if (type->isReferenceType()) return true;
  if (type->isPointerType()) return !type->getPointeeType()->isFunctionType();
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  return record && record->hasDefinition() && is_marked_view(*record) && record->hasTrivialDestructor();
}

LateUse late_use(const Pass& pass, const clang::FunctionDecl& callee, const clang::ParmVarDecl* parameter) {
  const Function* body = body_of(pass, callee);
  if (!body) return {callee.getDefinition() ? LateUse::no : LateUse::unknown};
  if (!llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(callee.getDefinition()->getBody())) return {};
  if (parameter) parameter = body->declaration().getParamDecl(parameter->getFunctionScopeIndex());
  const bool is_any = is_lazy(pass, callee);
  for (const clang::Stmt* stmt : body->statements())
    if (is_use(stmt, parameter) && (is_any || is_after_suspension(*body, stmt))) return {LateUse::yes, stmt};
  return {};
}

}  // namespace corolint
