#include "coroutines/generator.h"

#include <algorithm>

#include "coroutines/awaitable_shape.h"
#include "coroutines/promise.h"
#include "unit/names.h"

namespace corolint {

namespace {

bool only_yields(const Function& function) {
  const auto& suspensions = function.suspensions();
  return !suspensions.empty() &&
         std::all_of(suspensions.begin(), suspensions.end(), [](const auto& one) { return one.is_yield; });
}

// A promise whose every `await_transform` is deleted says itself that nothing can be awaited.
bool forbids_awaiting(const clang::CXXRecordDecl& promise, clang::DeclarationName name) {
  const auto members = promise.lookup(name);
  return !members.empty() && std::all_of(members.begin(), members.end(), [](const clang::NamedDecl* member) {
    const clang::FunctionDecl* function = member->getAsFunction();
    return function && function->isDeleted();
  });
}

// Is there a method whose result can be awaited: `next()`, an asynchronous `begin()`?
bool gives_awaitables(const clang::CXXRecordDecl& record, const clang::ASTContext& context) {
  if (!record.hasDefinition()) return true;
  if (std::any_of(record.method_begin(), record.method_end(), [&](const clang::CXXMethodDecl* method) {
        return awaitable_shape(method->getReturnType(), context).has_value();
      }))
    return true;
  return std::any_of(record.bases_begin(), record.bases_end(), [&](const clang::CXXBaseSpecifier& base) {
    const clang::CXXRecordDecl* base_class = class_of(base.getType());
    return base_class && base_class != &record && gives_awaitables(*base_class, context);
  });
}

}  // namespace

bool is_synchronous_generator(const Function& function) {
  if (!only_yields(function)) return false;
  const clang::ASTContext& context = function.declaration().getASTContext();
  const clang::QualType type = function.declaration().getReturnType();
  const clang::CXXRecordDecl* record = class_of(type);
  const clang::CXXRecordDecl* promise = record ? promise_of(*record, context) : nullptr;
  if (!promise || awaitable_shape(type, context)) return false;
  const clang::DeclarationName transform = &context.Idents.get("await_transform");
  if (forbids_awaiting(*promise, transform)) return true;
  return !find_member(*promise, transform) && !gives_awaitables(*record, context);
}

}  // namespace corolint
