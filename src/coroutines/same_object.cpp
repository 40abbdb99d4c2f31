#include "coroutines/same_object.h"

#include "unit/call.h"

namespace corolint {

namespace {

// Returns the expression without `&` and `*`, which lead from an object to a pointer to it and back.
const clang::Expr* object_in(const clang::Expr* expr) {
  const clang::Expr* inner = bare(expr);
  while (const auto* unary = llvm::dyn_cast_or_null<clang::UnaryOperator>(inner)) {
    if (unary->getOpcode() != clang::UO_AddrOf && unary->getOpcode() != clang::UO_Deref) break;
    inner = bare(unary->getSubExpr());
  }
  return inner;
}

}  // namespace

bool names_same_object(const clang::Expr* one, const clang::Expr* other) {
  const clang::Expr *a = object_in(one), *b = object_in(other);
  if (!a || !b) return false;
  const auto *first = llvm::dyn_cast<clang::DeclRefExpr>(a), *second = llvm::dyn_cast<clang::DeclRefExpr>(b);
  if (first && second) return first->getDecl() == second->getDecl();
  if (llvm::isa<clang::CXXThisExpr>(a)) return llvm::isa<clang::CXXThisExpr>(b);
  const auto *field = llvm::dyn_cast<clang::MemberExpr>(a), *same = llvm::dyn_cast<clang::MemberExpr>(b);
  if (field && same)
    return field->getMemberDecl() == same->getMemberDecl() &&
           names_same_object(field->getBase(), same->getBase());
  const auto one_call = as_call(a), other_call = as_call(b);
  return one_call && other_call && one_call->callee == other_call->callee &&
         one_call->arguments.size() <= 1 && names_same_object(object_of(*one_call), object_of(*other_call));
}

}  // namespace corolint
