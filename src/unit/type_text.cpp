#include "unit/type_text.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/DenseMap.h"
#include "unit/names.h"

namespace corolint {

namespace {

constexpr unsigned most_parts = 1000;

// Counts the types that the text of one names, each time it names them, but no more than `most_parts` or so.
class PartCounter {
 public:
  unsigned count(clang::QualType type) {
    if (type.isNull()) return 0;
    const clang::Type* one = type.getCanonicalType().getTypePtr();
    const auto [known, is_new] = counts_.try_emplace(one, 1);
    if (!is_new) return known->second;
    const unsigned parts = std::min(1 + count_inner(*one), most_parts + 1);
    return counts_[one] = parts;
  }

 private:
  unsigned count_inner(const clang::Type& type) {
    if (const clang::QualType pointee = type.getPointeeType(); !pointee.isNull()) return count(pointee);
    if (const auto* array = llvm::dyn_cast<clang::ArrayType>(&type)) return count(array->getElementType());
    if (const auto* function = llvm::dyn_cast<clang::FunctionProtoType>(&type)) {
      unsigned parts = count(function->getReturnType());
      for (const clang::QualType parameter : function->param_types()) parts += count(parameter);
      return parts;
    }
    if (const auto* pattern = llvm::dyn_cast<clang::TemplateSpecializationType>(&type))
      return count(pattern->template_arguments());
    const auto* record =
        llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(type.getAsCXXRecordDecl());
    return record ? count(record->getTemplateArgs().asArray()) : 0;
  }

  unsigned count(llvm::ArrayRef<clang::TemplateArgument> arguments) {
    unsigned parts = 0;
    for (const clang::TemplateArgument& argument : arguments) {
      if (argument.getKind() == clang::TemplateArgument::Pack) parts += count(argument.pack_elements());
      if (argument.getKind() == clang::TemplateArgument::Type) parts += count(argument.getAsType());
      if (parts > most_parts) return parts;
    }
    return parts;
  }

  llvm::DenseMap<const clang::Type*, unsigned> counts_;
};

}  // namespace

std::string type_text(clang::QualType type, const clang::PrintingPolicy& policy) {
  const clang::QualType canonical = type.getCanonicalType().getUnqualifiedType();
  if (PartCounter().count(canonical) <= most_parts) return canonical.getAsString(policy);
  const clang::CXXRecordDecl* record = class_of(canonical);
  return record ? qualified_name(*record) + "<…>" : "…";
}

}  // namespace corolint
