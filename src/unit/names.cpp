#include "unit/names.h"

#include <algorithm>
#include <set>

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLForwardCompat.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "unit/type_text.h"

namespace corolint {

namespace {

bool is_closure(const clang::DeclContext* context) {
  const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(context);
  return record && record->isLambda();
}

// Returns the next context outwards that leaves its name in the names of what it holds.
const clang::NamedDecl* naming_context(const clang::DeclContext* context) {
  for (; context && !context->isTranslationUnit(); context = context->getParent()) {
    const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(context);
    if (space && (space->isInline() || space->isAnonymousNamespace())) continue;
    if (context->isTransparentContext()) continue;  // extern "C", an enumeration that is no scope
    const auto* named = llvm::dyn_cast<clang::NamedDecl>(context);
    if (named && named->getDeclName() && !is_closure(context) && !is_closure(context->getParent()))
      return named;
  }
  return nullptr;
}

void add_base_names(const clang::CXXRecordDecl& record, std::vector<std::string>& names) {
  if (!record.hasDefinition()) return;
  for (const clang::CXXBaseSpecifier& base : record.bases()) {
    const clang::CXXRecordDecl* base_class = class_of(base.getType());
    if (!base_class) continue;
    const std::string name = qualified_name(*base_class);
    // A recursive template has itself as a base, with other arguments: once is enough.
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    names.push_back(name);
    add_base_names(*base_class->getCanonicalDecl(), names);
  }
}

clang::QualType without_indirection(clang::QualType type) {
  if (type.isNull()) return type;
  type = type.getNonReferenceType();
  while (!type.isNull() && type->isPointerType()) type = type->getPointeeType();
  return type;
}

}  // namespace

std::string qualified_name(const clang::NamedDecl& decl) {
  const clang::NamedDecl* outer = naming_context(decl.getDeclContext());
  const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&decl);
  std::string name = constructor ? constructor->getParent()->getNameAsString() : decl.getNameAsString();
  return outer ? qualified_name(*outer) + "::" + name : name;
}

const clang::CXXRecordDecl* class_of(clang::QualType type) {
  type = without_indirection(type);
  if (type.isNull()) return nullptr;
  if (const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl())
    return record->hasDefinition() ? record->getDefinition() : record;
  // A dependent specialisation, `task<T>` in a template: what its template says holds for it too.
  if (const auto* specialisation = type->getAs<clang::TemplateSpecializationType>()) {
    const clang::TemplateDecl* pattern = specialisation->getTemplateName().getAsTemplateDecl();
    const auto* class_pattern = llvm::dyn_cast_or_null<clang::ClassTemplateDecl>(pattern);
    if (class_pattern) return class_pattern->getTemplatedDecl();
  }
  return nullptr;
}

std::vector<std::string> class_names(clang::QualType type) {
  std::vector<std::string> names;
  type = without_indirection(type);
  while (!type.isNull()) {
    const auto* alias = type->getAs<clang::TypedefType>();
    if (!alias) break;
    names.push_back(qualified_name(*alias->getDecl()));
    type = without_indirection(alias->getDecl()->getUnderlyingType());
  }
  if (const clang::CXXRecordDecl* record = class_of(type)) {
    names.push_back(qualified_name(*record));
    add_base_names(*record, names);
  }
  return names;
}

namespace {

using SeenTypes = llvm::SmallPtrSet<const clang::Type*, 8>;

void visit_type_arguments(clang::QualType type, llvm::function_ref<void(clang::QualType)> visit,
                          SeenTypes& seen) {
  if (!type.isNull() && !seen.insert(type.getTypePtr()).second) return;
  visit(type);
  const auto* record = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(class_of(type));
  if (!record) return;
  for (const clang::TemplateArgument& argument : record->getTemplateArgs().asArray()) {
    const auto arguments = argument.getKind() == clang::TemplateArgument::Pack ? argument.pack_elements()
                                                                               : llvm::ArrayRef(argument);
    for (const clang::TemplateArgument& one : arguments)
      if (one.getKind() == clang::TemplateArgument::Type) visit_type_arguments(one.getAsType(), visit, seen);
  }
}

// Counts the lambdas in `stmt` up to the one that makes `closure`; true if it is among them. Lambdas in
// lambdas count for these; those that stand in the tree twice, as operands of co_await do, count once.
bool count_lambdas(const clang::Stmt* stmt, const clang::CXXRecordDecl& closure,
                   std::set<clang::SourceLocation>& seen) {
  if (!stmt) return false;
  if (const auto* lambda = llvm::dyn_cast<clang::LambdaExpr>(stmt)) {
    seen.insert(lambda->getBeginLoc());
    return lambda->getLambdaClass()->getLocation() == closure.getLocation();
  }
  return std::any_of(stmt->child_begin(), stmt->child_end(),
                     [&](const clang::Stmt* child) { return count_lambdas(child, closure, seen); });
}

std::string lambda_name(const clang::CXXRecordDecl& closure) {
  const auto* outer = llvm::dyn_cast<clang::FunctionDecl>(closure.getDeclContext());
  if (!outer) {
    const clang::NamedDecl* context = naming_context(closure.getDeclContext());
    return (context ? qualified_name(*context) + "::" : std::string()) + "lambda";
  }
  if (const clang::FunctionDecl* pattern = outer->getTemplateInstantiationPattern()) outer = pattern;
  std::set<clang::SourceLocation> seen;
  const bool is_found = count_lambdas(outer->getBody(), closure, seen);
  return entity_name(*outer) + "::lambda" + (is_found ? "#" + std::to_string(seen.size()) : "");
}

}  // namespace

void each_type_argument(clang::QualType type, llvm::function_ref<void(clang::QualType)> visit) {
  SeenTypes seen;
  visit_type_arguments(type, visit, seen);
}

std::string entity_name(const clang::FunctionDecl& function) {
  const clang::FunctionDecl* written = function.getTemplateInstantiationPattern();
  const clang::FunctionDecl& one = written ? *written : function;
  const auto* closure = llvm::dyn_cast<clang::CXXRecordDecl>(one.getDeclContext());
  if (closure && closure->isLambda()) return lambda_name(*closure);
  clang::PrintingPolicy policy = one.getASTContext().getPrintingPolicy();
  policy.SuppressUnwrittenScope = true;
  policy.SuppressInlineNamespace =
      llvm::to_underlying(clang::PrintingPolicy::SuppressInlineNamespaceMode::All);
  std::string parameters;
  for (const clang::ParmVarDecl* parameter : one.parameters())
    parameters += (parameters.empty() ? "" : ", ") + type_text(parameter->getType(), policy);
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&one);
  return qualified_name(one) + "(" + parameters + ")" + (method && method->isConst() ? " const" : "");
}

std::string display_name(const clang::FunctionDecl& function) {
  if (!is_closure(function.getDeclContext())) return qualified_name(function);
  const clang::NamedDecl* outer = naming_context(function.getDeclContext());
  return outer ? "lambda in " + qualified_name(*outer) : "lambda";
}

}  // namespace corolint
