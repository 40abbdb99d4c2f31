#include "rule/quiet_end.h"

#include <algorithm>
#include <array>

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "unit/standard_library.h"

namespace corolint {

namespace {

// A container can be copied, it says, whatever it holds; a smart pointer ends what it points to.
bool holds_quiet_ends(const clang::CXXRecordDecl& record) {
  const auto* made = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  if (!made) return true;
  const auto is_quiet = [&](const clang::TemplateArgument& one) {
    return one.getKind() != clang::TemplateArgument::Type ||
           ends_quietly(one.getAsType(), record.getASTContext());
  };
  return std::ranges::all_of(made->getTemplateArgs().asArray(), [&](const clang::TemplateArgument& one) {
    return one.getKind() == clang::TemplateArgument::Pack ? std::ranges::all_of(one.pack_elements(), is_quiet)
                                                          : is_quiet(one);
  });
}

bool waits_at_its_end(const clang::CXXRecordDecl& record) {
  constexpr std::array names = {"future", "jthread", "shared_future", "thread"};
  return std::ranges::find(names, record.getName()) != names.end();
}

bool can_be_copied(const clang::CXXRecordDecl& record) {
  if (record.needsImplicitCopyConstructor()) return !record.defaultedCopyConstructorIsDeleted();
  return std::ranges::any_of(record.ctors(), [](const clang::CXXConstructorDecl* one) {
    return one->isCopyConstructor() && !one->isDeleted() && one->getAccess() == clang::AS_public;
  });
}

}  // namespace

bool ends_quietly(clang::QualType type, const clang::ASTContext& context) {
  type = context.getBaseElementType(type);
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  if (!record || !record->hasDefinition() || !type.isDestructedType()) return true;
  record = record->getDefinition();
  if (is_of_standard_library(*record)) return !waits_at_its_end(*record) && holds_quiet_ends(*record);
  return can_be_copied(*record);
}

}  // namespace corolint
