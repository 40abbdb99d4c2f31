#include "unit/smart_pointer.h"

#include <algorithm>

#include "clang/AST/DeclTemplate.h"
#include "unit/type_argument.h"

namespace corolint {

namespace {

bool declares_arrow(const clang::CXXRecordDecl& record) {
  return std::any_of(record.method_begin(), record.method_end(),
                     [](const auto* one) { return one->getOverloadedOperator() == clang::OO_Arrow; });
}

// A base may have it: that of libstdc++'s shared_ptr does. A specialisation that nothing needed whole has no
// members yet: its template has them.
bool has_arrow(const clang::ClassTemplateSpecializationDecl& made) {
  const clang::CXXRecordDecl* whole = made.getDefinition();
  const clang::CXXRecordDecl& record = whole ? *whole : *made.getSpecializedTemplate()->getTemplatedDecl();
  if (!record.hasDefinition()) return false;
  bool has_it = declares_arrow(record);
  record.forallBases([&](const clang::CXXRecordDecl* base) {
    has_it = has_it || declares_arrow(*base);
    return true;
  });
  return has_it;
}

}  // namespace

const clang::CXXRecordDecl* smart_pointee(clang::QualType type) {
  if (type.isNull()) return nullptr;
  const auto* record = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(
      type.getNonReferenceType()->getAsCXXRecordDecl());
  if (!record || !has_arrow(*record)) return nullptr;
  const clang::QualType pointee = type_argument(record);
  return pointee.isNull() ? nullptr : pointee->getAsCXXRecordDecl();
}

}  // namespace corolint
