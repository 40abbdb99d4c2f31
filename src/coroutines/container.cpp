#include "coroutines/container.h"

namespace corolint {

namespace {

bool adds_to_container(const clang::CXXMemberCallExpr& call) {
  const auto* method = call.getMethodDecl();
  if (!method || !method->getIdentifier()) return false;
  const llvm::StringRef name = method->getName();
  return name.starts_with("push") || name.starts_with("emplace") || name == "insert" || name == "add";
}

}  // namespace

const clang::ValueDecl* container_added_to(const Function& function, const clang::Expr* expr) {
  const clang::Stmt* outer = function.parent(expr);
  for (; llvm::isa_and_nonnull<clang::Expr>(outer); outer = function.parent(outer))
    if (const auto* call = llvm::dyn_cast<clang::CXXMemberCallExpr>(outer))
      return adds_to_container(*call) ? root_object(call->getImplicitObjectArgument()) : nullptr;
  return nullptr;
}

}  // namespace corolint
