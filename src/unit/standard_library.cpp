#include "unit/standard_library.h"

#include "clang/AST/Decl.h"

namespace corolint {

bool is_of_standard_library(const clang::Decl& decl) {
  const clang::NamespaceDecl* outermost = nullptr;
  for (const clang::DeclContext* context = decl.getDeclContext(); context; context = context->getParent())
    if (const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(context)) outermost = space;
  return outermost && (outermost->getName() == "std" || outermost->getName() == "__gnu_cxx");
}

}  // namespace corolint
