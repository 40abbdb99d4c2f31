#include "rule/awaitable.h"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "coroutines/promise.h"
#include "unit/names.h"

namespace corolint {

namespace {

// Libraries hide the classes behind their aliases: `_task::_task<T>::type`, `__sexpr`, `basic_task`.
bool is_internal(llvm::StringRef name) {
  return name.empty() || name.starts_with("_") || name == "type" || name.starts_with("basic_");
}

// Is the alias the name of a type, not a computation such as std::invoke_result_t or a trait's member?
bool is_telling(const clang::NamedDecl* alias) {
  return alias && !is_internal(alias->getName()) && !alias->isInStdNamespace() &&
         !alias->getName().ends_with("_t") && !alias->getName().ends_with("_type");
}

// Returns the alias by which `type` is spelled, the outermost that tells something; empty without one.
std::string alias_of(clang::QualType type, const clang::ASTContext& context) {
  for (;;) {
    if (const auto* alias = llvm::dyn_cast<clang::TypedefType>(type.getTypePtr()))
      if (is_telling(alias->getDecl())) return alias->getDecl()->getNameAsString();
    if (const auto* alias = llvm::dyn_cast<clang::TemplateSpecializationType>(type.getTypePtr()))
      if (const auto* declaration = alias->getTemplateName().getAsTemplateDecl();
          alias->isTypeAlias() && is_telling(declaration))
        return declaration->getNameAsString();
    const clang::QualType next = type.getSingleStepDesugaredType(context);
    if (next == type) return {};
    type = next;
  }
}

std::string word_for(clang::QualType type, const clang::CXXRecordDecl& record,
                     const clang::ASTContext& context) {
  if (!is_internal(record.getName())) return record.getNameAsString();
  if (const std::string alias = alias_of(type, context); !alias.empty()) return alias;
  return promise_of(record, context) ? "task" : "sender";
}

Awaitable by_model(const Entry& entry) {
  return {"", entry.start, entry.drop, entry.discard, true, nullptr};
}

Awaitable by_shape(const AwaitableShape& shape) {
  Awaitable awaitable{
      "", Start::unknown, Drop::unknown, Discard::error, shape.is_coroutine_type, shape.evidence};
  if (shape.is_lazy) awaitable.start = *shape.is_lazy ? Start::lazy : Start::eager;
  if (shape.frame_end != FrameEnd::unknown)
    awaitable.drop = shape.frame_end == FrameEnd::with_object ? Drop::destroy : Drop::detach;
  // An awaiter that no coroutine returns does its work in await_suspend: without co_await nothing happens.
  if (!shape.is_coroutine_type) awaitable.start = Start::lazy;
  // Work that goes on by itself may be let go, unless its author asks for the result to be used.
  if (awaitable.start == Start::eager && awaitable.drop == Drop::detach &&
      !shape.type->hasAttr<clang::WarnUnusedResultAttr>())
    awaitable.discard = Discard::review;
  if (shape.frame_end == FrameEnd::started) awaitable.discard = Discard::ok;
  return awaitable;
}

}  // namespace

std::optional<Awaitable> awaitable_of(clang::QualType type, const Models& models,
                                      const clang::ASTContext& context) {
  if (type.isNull() || type->isPointerType() || type->isReferenceType()) return std::nullopt;
  const clang::CXXRecordDecl* record = class_of(type);
  if (!record) return std::nullopt;
  std::optional<Awaitable> awaitable;
  if (const Entry* entry = models.find(Role::task, type))
    awaitable = by_model(*entry);
  else if (const auto shape = awaitable_shape(type, context))
    awaitable = by_shape(*shape);
  if (!awaitable) return std::nullopt;
  awaitable->word = word_for(type, *record, context);
  if (models.find(Role::detach_ok, type)) awaitable->discard = Discard::ok;
  return awaitable;
}

bool runs_alone(clang::QualType type, const Models& models, const clang::ASTContext& context) {
  if (type.isNull() || !type->isRecordType() || awaitable_shape(type, context)) return false;
  const AwaitableShape shape = coroutine_type_shape(type, context);
  const auto modelled = awaitable_of(type, models, context);
  if (!shape.type || shape.is_lazy.value_or(false)) return false;
  return modelled ? modelled->drop == Drop::detach && modelled->discard == Discard::ok
                  : shape.frame_end == FrameEnd::by_itself;
}

}  // namespace corolint
