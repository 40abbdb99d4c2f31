#include "coroutines/awaitable_shape.h"

#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "coroutines/promise.h"
#include "unit/names.h"

namespace corolint {

namespace {

bool has_member(const clang::CXXRecordDecl& record, llvm::StringRef name, const clang::ASTContext& context) {
  return find_member(record, &context.Idents.get(name)) != nullptr;
}

bool is_awaiter(const clang::CXXRecordDecl& record, const clang::ASTContext& context) {
  return has_member(record, "await_ready", context) && has_member(record, "await_suspend", context) &&
         has_member(record, "await_resume", context);
}

bool takes(const clang::NamedDecl* candidate, const clang::CXXRecordDecl& record) {
  const clang::FunctionDecl* function = candidate ? candidate->getAsFunction() : nullptr;
  if (!function || function->getNumParams() != 1) return false;
  const clang::CXXRecordDecl* parameter = class_of(function->getParamDecl(0)->getType());
  return parameter && qualified_name(*parameter) == qualified_name(record);
}

// Looks for a free `operator co_await` where argument-dependent lookup would: the namespaces around the
// class, and its friends.
bool has_free_operator(const clang::CXXRecordDecl& record, clang::DeclarationName name) {
  for (const clang::DeclContext* scope = record.getDeclContext(); scope; scope = scope->getParent())
    for (const clang::NamedDecl* candidate : scope->lookup(name))
      if (takes(candidate, record)) return true;
  for (const clang::FriendDecl* friend_decl : record.friends())
    if (friend_decl->getFriendDecl() && friend_decl->getFriendDecl()->getDeclName() == name &&
        takes(friend_decl->getFriendDecl(), record))
      return true;
  return false;
}

bool has_co_await(const clang::CXXRecordDecl& record, const clang::ASTContext& context) {
  const auto name = context.DeclarationNames.getCXXOperatorName(clang::OO_Coawait);
  return find_member(record, name) || has_free_operator(record, name);
}

}  // namespace

AwaitableShape coroutine_type_shape(clang::QualType type, const clang::ASTContext& context) {
  AwaitableShape shape;
  const clang::CXXRecordDecl* record = class_of(type);
  const clang::CXXRecordDecl* promise = record ? promise_of(*record, context) : nullptr;
  if (!promise) return shape;
  const InitialSuspend initial = initial_suspend(*promise, context);
  return {record, true, initial.suspends, initial.declaration};
}

std::optional<AwaitableShape> awaitable_shape(clang::QualType type, const clang::ASTContext& context) {
  if (type.isNull() || type->isPointerType()) return std::nullopt;
  const clang::CXXRecordDecl* record = class_of(type);
  if (!record || !record->hasDefinition()) return std::nullopt;
  if (!is_awaiter(*record, context) && !has_co_await(*record, context)) return std::nullopt;
  AwaitableShape shape = coroutine_type_shape(type, context);
  shape.type = record;
  return shape;
}

}  // namespace corolint
