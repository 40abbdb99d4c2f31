#include "coroutines/awaitable_shape.h"

#include <algorithm>
#include <initializer_list>

#include "clang/AST/Attr.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
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

// Does the statement call one of these methods on a coroutine handle?
bool calls_on_handle(const clang::Stmt* stmt, std::initializer_list<llvm::StringRef> methods) {
  if (!stmt) return false;
  const auto* call = llvm::dyn_cast<clang::CallExpr>(stmt);
  const auto* method = call ? llvm::dyn_cast_or_null<clang::CXXMethodDecl>(call->getCalleeDecl()) : nullptr;
  if (method && qualified_name(*method->getParent()) == "std::coroutine_handle" &&
      std::ranges::find(methods, method->getNameAsString()) != methods.end())
    return true;
  return std::any_of(stmt->child_begin(), stmt->child_end(),
                     [&](const clang::Stmt* child) { return calls_on_handle(child, methods); });
}

// Returns the body that the author gave the class's destructor, or null if there is none to be seen.
const clang::Stmt* destructor_body(const clang::CXXRecordDecl& record) {
  const clang::CXXDestructorDecl* destructor = record.hasDefinition() ? record.getDestructor() : nullptr;
  const clang::FunctionDecl* defined = nullptr;
  if (!destructor || !destructor->isUserProvided()) return nullptr;
  if (destructor->hasBody(defined)) return defined->getBody();
  const clang::FunctionDecl* pattern = destructor->getTemplateInstantiationPattern();
  return pattern ? pattern->getBody() : nullptr;
}

FrameEnd frame_end(const clang::CXXRecordDecl& record, const clang::CXXRecordDecl& promise,
                   const clang::ASTContext& context) {
  const clang::Stmt* end = destructor_body(record);
  if (calls_on_handle(end, {"resume", "operator()"})) return FrameEnd::started;
  if (suspends_at_end(promise, context) == false) return FrameEnd::by_itself;
  return calls_on_handle(end, {"destroy"}) ? FrameEnd::with_object : FrameEnd::unknown;
}

// Is it an awaiter that never suspends and holds nothing, as std::suspend_never is? To await it does nothing
// that could be left undone.
bool is_idle(clang::QualType type, const clang::CXXRecordDecl& record, const clang::ASTContext& context) {
  return record.isEmpty() && awaiter_suspends(type, context) == false;
}

// Is it a value that is there at once, or an error in its place (expected, result, optional)? co_await takes
// the value out and starts nothing, even where the coroutine machinery is used for the way out.
bool is_result(const clang::CXXRecordDecl& record, const clang::ASTContext& context) {
  const auto has_any = [&](std::initializer_list<llvm::StringRef> names) {
    return std::any_of(names.begin(), names.end(),
                       [&](llvm::StringRef name) { return has_member(record, name, context); });
  };
  return has_any({"has_value", "hasValue"}) && has_any({"error", "has_error", "hasError", "value_or"});
}

}  // namespace

AwaitableShape coroutine_type_shape(clang::QualType type, const clang::ASTContext& context) {
  AwaitableShape shape;
  const clang::CXXRecordDecl* record = class_of(type);
  const clang::CXXRecordDecl* promise = record ? promise_of(*record, context) : nullptr;
  // [[clang::coro_return_type]] says it of a class whose promise is not to be seen.
  if (record && !promise && record->hasAttr<clang::CoroReturnTypeAttr>()) {
    shape.type = record;
    shape.is_coroutine_type = true;
  }
  if (!promise || is_result(*record, context)) return shape;
  const InitialSuspend initial = initial_suspend(*promise, context);
  const FrameEnd end = frame_end(*record, *promise, context);
  const std::optional<bool> is_lazy = end == FrameEnd::started ? false : initial.suspends;
  return {record, true, is_lazy, end, initial.declaration};
}

std::optional<AwaitableShape> awaitable_shape(clang::QualType type, const clang::ASTContext& context) {
  if (type.isNull() || type->isPointerType()) return std::nullopt;
  const clang::CXXRecordDecl* record = class_of(type);
  if (!record || !record->hasDefinition()) return std::nullopt;
  if (!is_awaiter(*record, context) && !has_co_await(*record, context)) return std::nullopt;
  if (is_result(*record, context)) return std::nullopt;
  AwaitableShape shape = coroutine_type_shape(type, context);
  if (!shape.is_coroutine_type && is_idle(type, *record, context)) return std::nullopt;
  shape.type = record;
  return shape;
}

}  // namespace corolint
