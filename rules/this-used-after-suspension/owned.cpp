// Objects that have owners: they end when these let them go.

#include "exports.h"
#include "unit/made_object.h"
#include "unit/names.h"

namespace corolint::objects {

namespace {

// Returns the class of the object that the statement makes for an owner, or null.
const clang::CXXRecordDecl* class_made_at(const clang::Stmt* stmt) {
  if (const auto* made = llvm::dyn_cast<clang::CXXNewExpr>(stmt))
    return made->getAllocatedType()->getAsCXXRecordDecl();
  const auto call = llvm::isa<clang::CallExpr>(stmt) ? as_call(stmt) : std::nullopt;
  return call ? class_made_for_owner(*call) : nullptr;
}

}  // namespace

void export_owned(Pass& pass, const Function& function, std::set<const clang::CXXRecordDecl*>& seen) {
  for (const clang::Stmt* stmt : function.statements()) {
    const clang::CXXRecordDecl* made = class_made_at(stmt);
    if (!made || !made->hasDefinition() || !pass.unit().is_project(made->getLocation())) continue;
    const bool by_main = function.declaration().isMain();
    if (!by_main && !seen.insert(made->getCanonicalDecl()).second) continue;
    const bool is_shared = is_shared_by_design(*made);
    const auto tell = [&](const clang::CXXRecordDecl* one) {
      if (pass.unit().is_project(one->getLocation()))
        export_record(pass, "owned", Owned{qualified_name(*one), is_shared, by_main});
      return true;
    };
    tell(made);
    made->forallBases(tell);
  }
}

}  // namespace corolint::objects
