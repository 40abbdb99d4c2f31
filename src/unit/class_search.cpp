#include "unit/class_search.h"

#include <algorithm>

#include "unit/names.h"

namespace corolint {

namespace {

bool visit_classes(const clang::DeclContext& scope,
                   llvm::function_ref<bool(const clang::CXXRecordDecl&)> visit) {
  for (const clang::Decl* declaration : scope.decls()) {
    if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(declaration))
      if (record->isThisDeclarationADefinition() && !visit(*record)) return false;
    const bool is_scope =
        llvm::isa<clang::NamespaceDecl, clang::LinkageSpecDecl, clang::CXXRecordDecl>(declaration);
    if (is_scope && !visit_classes(*llvm::cast<clang::DeclContext>(declaration), visit)) return false;
  }
  return true;
}

}  // namespace

const clang::CXXRecordDecl* find_class(const clang::ASTContext& context, llvm::StringRef name) {
  const clang::DeclContext* scope = context.getTranslationUnitDecl();
  llvm::SmallVector<llvm::StringRef, 4> parts;
  name.split(parts, "::");
  for (const llvm::StringRef part : parts) {
    const clang::DeclContext* inner = nullptr;
    for (const clang::NamedDecl* found : scope->lookup(&context.Idents.get(part)))
      if (const auto* as_scope = llvm::dyn_cast<clang::DeclContext>(found)) inner = as_scope;
    if (!inner) return nullptr;
    scope = inner;
  }
  const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(scope);
  return record ? record->getDefinition() : nullptr;
}

void each_class(const clang::ASTContext& context,
                llvm::function_ref<bool(const clang::CXXRecordDecl&)> visit) {
  visit_classes(*context.getTranslationUnitDecl(), visit);
}

bool is_same_or_base(const clang::CXXRecordDecl& base, const clang::CXXRecordDecl& derived) {
  const auto names = class_names(derived.getASTContext().getCanonicalTagType(&derived));
  return std::find(names.begin(), names.end(), qualified_name(base)) != names.end();
}

}  // namespace corolint
