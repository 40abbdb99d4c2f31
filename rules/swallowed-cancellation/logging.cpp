#include "logging.h"

#include "clang/AST/ExprCXX.h"
#include "unit/names.h"

namespace corolint::cancellation {

std::string called_name(const clang::CallExpr& call) {
  const clang::Expr* callee = call.getCallee()->IgnoreParenImpCasts();
  if (const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(callee))
    return name->getDecl()->getNameAsString();
  if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(callee))
    return member->getMemberDecl()->getNameAsString();
  if (const auto* names = llvm::dyn_cast<clang::OverloadExpr>(callee)) return names->getName().getAsString();
  if (const auto* member = llvm::dyn_cast<clang::CXXDependentScopeMemberExpr>(callee))
    return member->getMember().getAsString();
  return {};
}

namespace {

bool speaks_of_log(const std::string& name) {
  const std::string lower = llvm::StringRef(name).lower();
  return lower.find("log") != std::string::npos || lower.find("print") != std::string::npos ||
         lower.find("trace") != std::string::npos;
}

}  // namespace

bool shows(const clang::Expr& expr) {
  if (const auto* shift = llvm::dyn_cast<clang::BinaryOperator>(&expr))  // in a template
    return shift->getOpcode() == clang::BO_Shl;
  if (const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(&expr))
    if (operation->getOperator() == clang::OO_LessLess) return true;
  const auto* call = llvm::dyn_cast<clang::CallExpr>(&expr);
  if (!call) return false;
  const auto* method = llvm::dyn_cast<clang::CXXMemberCallExpr>(call);
  const clang::CXXRecordDecl* object =
      method ? class_of(method->getImplicitObjectArgument()->getType()) : nullptr;
  return speaks_of_log(called_name(*call)) || (object && speaks_of_log(object->getNameAsString()));
}

}  // namespace corolint::cancellation
