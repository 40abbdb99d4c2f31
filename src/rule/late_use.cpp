#include "rule/late_use.h"

#include <algorithm>

#include "clang/AST/DeclTemplate.h"
#include "coroutines/suspends.h"
#include "unit/type_argument.h"

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

// Clang knows the views of the standard library for such, and what others mark [[gsl::Pointer]].
bool is_marked_view(const clang::CXXRecordDecl& record) {
  const auto* made = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  return record.hasAttr<clang::PointerAttr>() ||
         (made && made->getSpecializedTemplate()->getTemplatedDecl()->hasAttr<clang::PointerAttr>());
}

// Is it a class for callables of one signature whose objects own none, or they would have to end it?
bool refers_to_callable(const clang::CXXRecordDecl& record) {
  const clang::QualType signature = type_argument(&record);
  return !signature.isNull() && signature->isFunctionType() && !record.isEmpty();
}

// The array behind a braced list ends with the expression; one of constants may be kept for good.
bool is_list_of_objects(const clang::CXXRecordDecl& record) {
  const clang::QualType element = type_argument(&record);
  return !element.isNull() && record.isInStdNamespace() && record.getName() == "initializer_list" &&
         element->isRecordType();
}

}  // namespace

bool is_lazy(const Pass& pass, clang::QualType type) {
  const auto awaitable = pass.awaitable(type);
  return awaitable ? awaitable->never_runs() : coroutine_type_shape(type, pass.ast()).is_lazy.value_or(false);
}

bool is_borrowed(clang::QualType type) {
  if (type->isReferenceType()) return true;
  if (type->isPointerType()) return !type->getPointeeType()->isFunctionType();
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  return record && record->hasDefinition() && record->hasTrivialDestructor() &&
         (is_marked_view(*record) || refers_to_callable(*record) || is_list_of_objects(*record));
}

LateUse late_use(const Pass& pass, const clang::FunctionDecl& callee, const clang::ParmVarDecl* parameter) {
  const Function* body = body_of(pass, callee);
  if (!body) return {callee.getDefinition() ? LateUse::no : LateUse::unknown};
  if (!llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(callee.getDefinition()->getBody())) return {};
  if (parameter) parameter = body->declaration().getParamDecl(parameter->getFunctionScopeIndex());
  const bool is_any = is_lazy(pass, callee.getReturnType());
  for (const clang::Stmt* stmt : body->statements())
    if (is_use(stmt, parameter) && (is_any || suspension_before(*body, stmt))) return {LateUse::yes, stmt};
  return {};
}

}  // namespace corolint
