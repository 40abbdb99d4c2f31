#include "coroutines/scope_shape.h"

#include <algorithm>

#include "clang/AST/DeclTemplate.h"
#include "coroutines/awaitable_shape.h"
#include "unit/names.h"
#include "unit/type_argument.h"

namespace corolint {

namespace {

bool takes_work(const clang::ParmVarDecl& parameter, const clang::ASTContext& context) {
  const clang::QualType type = parameter.getType();
  if (type->isLValueReferenceType()) return false;
  const auto shape = awaitable_shape(type.getNonReferenceType(), context);
  return shape && shape->is_coroutine_type;
}

// Is it awaited for its end alone? What an await gives a value is a queue's pop, not a join.
bool gives_nothing(clang::QualType awaitable) {
  const auto* record = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(class_of(awaitable));
  if (!record || record->getTemplateArgs().size() == 0) return true;
  const clang::QualType result = type_argument(record);
  return !result.isNull() && result->isVoidType();
}

}  // namespace

bool adds_to_scope(const clang::CXXMethodDecl& method, const clang::ASTContext& context) {
  if (!method.getReturnType()->isVoidType() ||
      llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(method))
    return false;
  const bool adds =
      std::any_of(method.param_begin(), method.param_end(),
                  [&](const clang::ParmVarDecl* parameter) { return takes_work(*parameter, context); });
  const clang::CXXRecordDecl& scope = *method.getParent();
  // A container of tasks adds as well; what tells a scope is that it can be awaited.
  return adds &&
         std::any_of(scope.method_begin(), scope.method_end(), [&](const clang::CXXMethodDecl* other) {
           return other->getNumParams() == 0 && !other->getReturnType()->isReferenceType() &&
                  awaitable_shape(other->getReturnType(), context) && gives_nothing(other->getReturnType());
         });
}

}  // namespace corolint
