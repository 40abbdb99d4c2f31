#include "coroutines/callable.h"

#include "coroutines/value_use.h"
#include "unit/names.h"
#include "unit/type_argument.h"

namespace corolint {

const clang::FunctionDecl* callable_function(const clang::Expr* expr) {
  if (const auto* lambda = llvm::dyn_cast<clang::LambdaExpr>(expr)) return lambda->getCallOperator();
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(expr);
  return name ? llvm::dyn_cast<clang::FunctionDecl>(name->getDecl()) : nullptr;
}

const clang::FunctionDecl* stored_function(const clang::Expr* value) {
  const clang::Expr* made = made_from(value);
  const auto* address = llvm::dyn_cast_or_null<clang::UnaryOperator>(made);
  if (address && address->getOpcode() == clang::UO_AddrOf) made = bare(address->getSubExpr());
  if (!made || made->getType().isNull()) return nullptr;  // a braced list that nobody has typed has none
  const clang::CXXRecordDecl* closure = made->getType()->getAsCXXRecordDecl();
  return closure && closure->isLambda() ? closure->getLambdaCallOperator() : callable_function(made);
}

const clang::FunctionDecl& as_written(const clang::FunctionDecl& function) {
  const clang::FunctionDecl* pattern = function.getTemplateInstantiationPattern();
  return *(pattern ? pattern : &function)->getCanonicalDecl();
}

bool is_body_of(const Function& function, const clang::LambdaExpr& lambda) {
  return function.is_lambda() &&
         &as_written(function.declaration()) == &as_written(*lambda.getCallOperator());
}

bool holds_callable(clang::QualType type) {
  if (type.isNull()) return false;
  if (type->isFunctionPointerType()) return true;
  const clang::QualType signature = type_argument(type->getAsCXXRecordDecl());
  return !signature.isNull() && signature->isFunctionType();
}

bool calls_for_nothing(clang::QualType type) {
  const clang::CXXRecordDecl* wrapper = class_of(type);
  const clang::QualType signature = type_argument(wrapper);
  if (signature.isNull() || !wrapper->getName().ends_with("function")) return false;
  const auto* function = signature->getAs<clang::FunctionType>();
  return function && function->getReturnType()->isVoidType();
}

}  // namespace corolint
