#include "rule/awaitable.h"

#include "unit/names.h"

namespace corolint {

namespace {

Awaitable by_model(const Entry& entry, const clang::CXXRecordDecl& record) {
  return {qualified_name(record), entry.start, entry.drop, entry.discard, true, nullptr};
}

Awaitable by_shape(const AwaitableShape& shape) {
  Awaitable awaitable{qualified_name(*shape.type), Start::unknown, Drop::unknown, Discard::error,
                      shape.is_coroutine_type,     shape.evidence};
  if (shape.is_lazy) awaitable.start = *shape.is_lazy ? Start::lazy : Start::eager;
  // An awaiter that no coroutine returns does its work in await_suspend: without co_await nothing happens.
  if (!shape.is_coroutine_type) awaitable.start = Start::lazy;
  return awaitable;
}

}  // namespace

std::optional<Awaitable> awaitable_of(clang::QualType type, const Models& models,
                                      const clang::ASTContext& context) {
  if (type.isNull() || type->isPointerType() || type->isReferenceType()) return std::nullopt;
  const clang::CXXRecordDecl* record = class_of(type);
  if (!record) return std::nullopt;
  if (const Entry* entry = models.find(Role::task, type)) return by_model(*entry, *record);
  if (const auto shape = awaitable_shape(type, context)) return by_shape(*shape);
  return std::nullopt;
}

}  // namespace corolint
