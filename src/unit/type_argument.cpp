#include "unit/type_argument.h"

#include "clang/AST/DeclTemplate.h"

namespace corolint {

clang::QualType type_argument(const clang::CXXRecordDecl* record, unsigned position) {
  const auto* made = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(record);
  if (!made || made->getTemplateArgs().size() <= position) return {};
  const clang::TemplateArgument& argument = made->getTemplateArgs()[position];
  return argument.getKind() == clang::TemplateArgument::Type ? argument.getAsType() : clang::QualType();
}

}  // namespace corolint
