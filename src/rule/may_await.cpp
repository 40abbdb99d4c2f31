#include "rule/may_await.h"

#include <algorithm>

#include "clang/AST/DeclTemplate.h"
#include "coroutines/promise.h"
#include "unit/names.h"

namespace corolint {

namespace {

const clang::CXXRecordDecl* promise_of(const Function& function) {
  const auto* body = llvm::dyn_cast_or_null<clang::CoroutineBodyStmt>(function.declaration().getBody());
  const clang::VarDecl* promise = body ? body->getPromiseDecl() : nullptr;
  return promise ? class_of(promise->getType()) : nullptr;
}

// Returns the template that the class was made from, or the class itself: `task<int>` and `task<void>` are
// one type to a promise that takes tasks.
const clang::Decl* family_of(clang::QualType type) {
  const clang::CXXRecordDecl* record = class_of(type);
  const auto* specialisation = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(record);
  const clang::Decl* family = record;
  if (specialisation)
    family = specialisation->getSpecializedTemplate();
  else if (record && record->getDescribedClassTemplate())
    family = record->getDescribedClassTemplate();
  return family ? family->getCanonicalDecl() : nullptr;
}

// Does an overload of `await_transform` name the type?
bool names_it(const clang::CXXRecordDecl& promise, const clang::Decl* family,
              const clang::ASTContext& context) {
  const clang::DeclarationName name = &context.Idents.get("await_transform");
  for (const clang::NamedDecl* member : promise.lookup(name)) {
    const clang::FunctionDecl* function = member->getAsFunction();
    if (function && function->getNumParams() > 0 && !function->isDeleted() &&
        family_of(function->getParamDecl(0)->getType()) == family)
      return true;
  }
  return false;
}

// Does a coroutine with this promise await a value of the family somewhere in the unit?
bool is_awaited_elsewhere(const Pass& pass, const clang::CXXRecordDecl& promise, const clang::Decl* family) {
  for (const Function& other : pass.functions()) {
    if (!other.is_coroutine() || promise_of(other) != &promise) continue;
    for (const Suspension& suspension : other.suspensions())
      if (!suspension.is_yield && suspension.operand && family_of(suspension.operand->getType()) == family)
        return true;
  }
  return false;
}

// [expr.await]: not in a handler, and only in the body of a function.
bool can_stand(const Function& function, const clang::Stmt* at) {
  return !function.around<clang::CXXCatchStmt>(at);
}

}  // namespace

bool may_await(const Pass& pass, const Function& function, clang::QualType type, const clang::Stmt* at) {
  const clang::CXXRecordDecl* promise = promise_of(function);
  const clang::Decl* family = family_of(type);
  if (!function.is_coroutine() || function.is_pattern() || !promise || !family || !can_stand(function, at))
    return false;
  if (!find_member(*promise, &pass.ast().Idents.get("await_transform")))
    return awaitable_shape(type, pass.ast()).has_value();
  return names_it(*promise, family, pass.ast()) || is_awaited_elsewhere(pass, *promise, family);
}

}  // namespace corolint
