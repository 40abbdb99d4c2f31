#include "coroutines/promise.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "unit/names.h"

namespace corolint {

namespace {

const clang::CXXRecordDecl* type_member(const clang::CXXRecordDecl& record,
                                        const clang::ASTContext& context) {
  const auto* member =
      llvm::dyn_cast_or_null<clang::TypeDecl>(find_member(record, &context.Idents.get("promise_type")));
  return member ? class_of(context.getTypeDeclType(member)) : nullptr;
}

const clang::ClassTemplateDecl* coroutine_traits(const clang::ASTContext& context) {
  for (const clang::NamedDecl* outer : context.getTranslationUnitDecl()->lookup(&context.Idents.get("std")))
    if (const auto* std_namespace = llvm::dyn_cast<clang::NamespaceDecl>(outer))
      for (const clang::NamedDecl* inner : std_namespace->lookup(&context.Idents.get("coroutine_traits")))
        if (const auto* traits = llvm::dyn_cast<clang::ClassTemplateDecl>(inner)) return traits;
  return nullptr;
}

bool is_about(const clang::ClassTemplateSpecializationDecl& traits, const clang::CXXRecordDecl& record) {
  const clang::TemplateArgumentList& arguments = traits.getTemplateArgs();
  return arguments.size() > 0 && arguments[0].getKind() == clang::TemplateArgument::Type &&
         class_of(arguments[0].getAsType()) == &record;
}

// Returns what the only statement of the function, `return x;`, returns; null for any other body.
const clang::Expr* returned(const clang::FunctionDecl& function) {
  const auto* body = llvm::dyn_cast_or_null<clang::CompoundStmt>(function.getBody());
  const auto* leave =
      body && body->size() == 1 ? llvm::dyn_cast<clang::ReturnStmt>(body->body_front()) : nullptr;
  return leave ? leave->getRetValue() : nullptr;
}

}  // namespace

std::optional<bool> awaiter_suspends(clang::QualType awaiter, const clang::ASTContext& context) {
  const clang::CXXRecordDecl* record = class_of(awaiter);
  if (!record) return std::nullopt;
  const std::string name = qualified_name(*record);
  if (name.ends_with("suspend_always")) return true;
  if (name.ends_with("suspend_never")) return false;
  const clang::NamedDecl* ready = find_member(*record, &context.Idents.get("await_ready"));
  const clang::FunctionDecl* function = ready ? ready->getAsFunction() : nullptr;
  const clang::Expr* answer = function ? returned(*function) : nullptr;
  const auto* literal =
      llvm::dyn_cast_or_null<clang::CXXBoolLiteralExpr>(answer ? answer->IgnoreParenImpCasts() : answer);
  return literal ? std::optional(!literal->getValue()) : std::nullopt;
}

namespace {

// Returns what says which members the class has: of one that a template would make, but that this unit never
// needed whole, such as the promise of a coroutine that is defined elsewhere, the template.
const clang::CXXRecordDecl& with_members(const clang::CXXRecordDecl& record) {
  if (record.hasDefinition()) return *record.getDefinition();
  const clang::CXXRecordDecl* pattern = record.getTemplateInstantiationPattern();
  if (const auto* made = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record); made && !pattern)
    pattern = made->getSpecializedTemplate()->getTemplatedDecl();
  return pattern && pattern->hasDefinition() ? *pattern->getDefinition() : record;
}

// `seen` ends the way through recursive templates, whose bases lead back to themselves.
const clang::NamedDecl* find_member(const clang::CXXRecordDecl& declared, clang::DeclarationName name,
                                    llvm::SmallPtrSetImpl<const clang::CXXRecordDecl*>& seen) {
  const clang::CXXRecordDecl& record = with_members(declared);
  if (!seen.insert(&record).second) return nullptr;
  if (const auto members = record.lookup(name); !members.empty()) return members.front();
  if (!record.hasDefinition()) return nullptr;
  for (const clang::CXXBaseSpecifier& base : record.bases())
    if (const clang::CXXRecordDecl* base_class = class_of(base.getType()))
      if (const clang::NamedDecl* member = find_member(*base_class, name, seen)) return member;
  return nullptr;
}

}  // namespace

const clang::NamedDecl* find_member(const clang::CXXRecordDecl& record, clang::DeclarationName name) {
  llvm::SmallPtrSet<const clang::CXXRecordDecl*, 8> seen;
  return find_member(record, name, seen);
}

const clang::CXXRecordDecl* promise_of(const clang::CXXRecordDecl& record, const clang::ASTContext& context) {
  if (const clang::CXXRecordDecl* promise = type_member(record, context)) return promise;
  const clang::ClassTemplateDecl* traits = coroutine_traits(context);
  if (!traits) return nullptr;
  for (const clang::ClassTemplateSpecializationDecl* specialisation : traits->specializations())
    if (is_about(*specialisation, record))
      if (const clang::CXXRecordDecl* promise = type_member(*specialisation, context)) return promise;
  return nullptr;
}

namespace {

InitialSuspend suspend_function(const clang::CXXRecordDecl& promise, llvm::StringRef name,
                                const clang::ASTContext& context) {
  const clang::NamedDecl* member = corolint::find_member(promise, &context.Idents.get(name));
  const clang::FunctionDecl* function = member ? member->getAsFunction() : nullptr;
  if (!function) return {};
  clang::QualType type = function->getReturnType();
  if (type->getContainedDeducedType() && !class_of(type)) {  // `auto initial_suspend()`: its body tells
    const clang::FunctionDecl* pattern = function->getTemplateInstantiationPattern();
    const clang::Expr* value = returned(pattern && !function->hasBody() ? *pattern : *function);
    if (!value) return {function, std::nullopt};
    type = value->getType();
  }
  return {function, awaiter_suspends(type, context)};
}

}  // namespace

InitialSuspend initial_suspend(const clang::CXXRecordDecl& promise, const clang::ASTContext& context) {
  return suspend_function(promise, "initial_suspend", context);
}

std::optional<bool> suspends_at_end(const clang::CXXRecordDecl& promise, const clang::ASTContext& context) {
  return suspend_function(promise, "final_suspend", context).suspends;
}

}  // namespace corolint
