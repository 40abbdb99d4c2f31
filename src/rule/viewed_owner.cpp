#include "rule/viewed_owner.h"

#include <algorithm>
#include <array>

#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "coroutines/value_use.h"
#include "unit/names.h"

namespace corolint {

namespace {

constexpr std::array into_what_it_owns = {
    "at",  "back", "begin", "c_str", "cbegin",      "cend",   "crbegin", "crend",       "data",
    "end", "find", "front", "get",   "lower_bound", "rbegin", "rend",    "upper_bound", "value"};

// Clang knows the owners of the standard library for such.
bool is_marked_owner(const clang::CXXRecordDecl& record) {
  const auto* made = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  return record.isInStdNamespace() &&
         (record.hasAttr<clang::OwnerAttr>() ||
          (made && made->getSpecializedTemplate()->getTemplatedDecl()->hasAttr<clang::OwnerAttr>()));
}

// Returns the object of a call of a method that gives a pointer or a reference into it, or null.
const clang::Expr* object_pointed_into(const clang::Expr* expr) {
  if (const auto* element = llvm::dyn_cast<clang::CXXOperatorCallExpr>(expr))
    return element->getOperator() == clang::OO_Subscript ? element->getArg(0) : nullptr;
  const auto* call = llvm::dyn_cast<clang::CXXMemberCallExpr>(expr);
  const clang::CXXMethodDecl* method = call ? call->getMethodDecl() : nullptr;
  const bool is_known = method && method->getIdentifier() &&
                        std::find(into_what_it_owns.begin(), into_what_it_owns.end(), method->getName()) !=
                            into_what_it_owns.end();
  return is_known ? call->getImplicitObjectArgument() : nullptr;
}

// By std::move, or by `return variable`, which moves as well: what it owns goes on elsewhere.
bool is_moved_on(const Function& function, const clang::ValueDecl* variable) {
  const auto is_it = [&](const clang::Expr* value) {
    const auto* name = value ? llvm::dyn_cast<clang::DeclRefExpr>(made_from(value)) : nullptr;
    return name && name->getDecl() == variable;
  };
  return std::ranges::any_of(function.all<clang::CallExpr>(),
                             [&](const clang::CallExpr* call) {
                               return call->isCallToStdMove() && root_object(call->getArg(0)) == variable;
                             }) ||
         std::ranges::any_of(function.all<clang::ReturnStmt>(),
                             [&](const clang::ReturnStmt* one) { return is_it(one->getRetValue()); }) ||
         std::ranges::any_of(function.all<clang::CoreturnStmt>(),
                             [&](const clang::CoreturnStmt* one) { return is_it(one->getOperand()); });
}

}  // namespace

const clang::Expr* viewed_owner(const Function& function, const clang::Expr* expr) {
  const clang::Expr* object = object_pointed_into(expr);
  const clang::CXXRecordDecl* record = object ? class_of(object->getType()) : nullptr;
  if (!record || !is_marked_owner(*record)) return nullptr;
  const clang::ValueDecl* variable = root_object(object);
  return variable && is_moved_on(function, variable) ? nullptr : object;
}

const clang::Expr* whole_of_part(const clang::Expr* part) {
  for (;;) {
    part = bare(part);
    const auto* member = llvm::dyn_cast<clang::MemberExpr>(part);
    const auto* element = llvm::dyn_cast<clang::ArraySubscriptExpr>(part);
    if (element && bare(element->getBase())->getType()->isArrayType())
      part = element->getBase();
    else if (member && !member->isArrow() && llvm::isa<clang::FieldDecl>(member->getMemberDecl()) &&
             !member->getMemberDecl()->getType()->isReferenceType())
      part = member->getBase();
    else
      return part;
  }
}

}  // namespace corolint
