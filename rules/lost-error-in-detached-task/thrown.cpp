#include "thrown.h"

#include <algorithm>

#include "coroutines/children.h"
#include "unit/names.h"

namespace corolint::lost_errors {

namespace {

bool names_cancellation(const Pass& pass, const clang::Stmt* stmt) {
  if (!stmt) return false;
  if (const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(stmt);
      name && pass.models().find_object(Role::cancel, *name->getDecl()))
    return true;
  const auto children = written_children(*stmt);
  return std::any_of(children.begin(), children.end(),
                     [&](const clang::Stmt* child) { return names_cancellation(pass, child); });
}

}  // namespace

bool tells_of_mistake(const clang::CXXThrowExpr& thrown) {
  const clang::CXXRecordDecl* record = class_of(thrown.getSubExpr()->getType());
  if (!record || !record->getIdentifier()) return false;
  const llvm::StringRef name = record->getName();
  return (name == "logic_error" && record->isInStdNamespace()) ||
         (name.starts_with("bad_") && name != "bad_alloc");  // bad_variant_access, bad_function_call
}

bool tells_of_cancellation(const Pass& pass, const clang::CXXThrowExpr& thrown) {
  if (!thrown.getSubExpr()) return false;
  const auto made = as_call(bare(thrown.getSubExpr()));
  // A class that takes a code, as system_error does, is one of many errors.
  const bool says_it_by_class = made && made->is_construction() && made->arguments.empty() &&
                                pass.models().find(Role::cancel, thrown.getSubExpr()->getType());
  return says_it_by_class || names_cancellation(pass, thrown.getSubExpr());
}

}  // namespace corolint::lost_errors
