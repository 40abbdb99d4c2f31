#include "coroutines/container.h"
#include "coroutines/value_use.h"
#include "llvm/ADT/STLExtras.h"
#include "rule/late_use.h"
#include "rule/lent.h"
#include "rule/viewed_owner.h"
#include "unit/made_object.h"

namespace corolint {

namespace {

// Returns the declaration that holds the object which a name stands for: a structured binding's is the whole
// that it is a part of.
const clang::VarDecl* holder_of(const clang::DeclRefExpr& name) {
  const auto* part = llvm::dyn_cast<clang::BindingDecl>(name.getDecl());
  if (!part) return llvm::dyn_cast<clang::VarDecl>(name.getDecl());
  const auto* member = llvm::dyn_cast_or_null<clang::MemberExpr>(part->getBinding());
  const bool refers =
      part->getType()->isReferenceType() || (member && member->getMemberDecl()->getType()->isReferenceType());
  return refers ? nullptr : llvm::dyn_cast<clang::VarDecl>(part->getDecomposedDecl());
}

// Returns the owner in `*owner` and `owner->`, or null.
const clang::DeclRefExpr* accessed_in(const clang::Expr* expr) {
  const auto* access = llvm::dyn_cast_or_null<clang::CXXOperatorCallExpr>(expr);
  if (!access || (access->getOperator() != clang::OO_Star && access->getOperator() != clang::OO_Arrow))
    return nullptr;
  return llvm::dyn_cast<clang::DeclRefExpr>(bare(access->getArg(0)));
}

bool captures(const clang::LambdaExpr& lambda, const clang::ValueDecl& variable) {
  return llvm::any_of(lambda.captures(), [&](const clang::LambdaCapture& capture) {
    return capture.capturesVariable() && capture.getCapturedVar() == &variable;
  });
}

// Does what the name owns end with it: was it made for this owner, and does the function do no more with the
// owner than to access what it owns?
bool owns_to_its_end(const Function& function, const clang::DeclRefExpr& name) {
  const auto* owner = llvm::dyn_cast<clang::VarDecl>(name.getDecl());
  const clang::Expr* value = owner && owner->getInit() ? initial_value(*owner) : nullptr;
  const auto made = value ? as_call(value) : std::nullopt;
  if (!made || !class_made_for_owner(*made)) return false;
  std::size_t names = 0, accesses = 0;
  for (const auto* one : function.all<clang::DeclRefExpr>()) names += one->getDecl() == owner;
  for (const auto* one : function.all<clang::CXXOperatorCallExpr>()) {
    const auto* accessed = accessed_in(one);
    accesses += accessed && accessed->getDecl() == owner;
  }
  return names == accesses && llvm::none_of(function.all<clang::LambdaExpr>(),
                                            [&](const auto* lambda) { return captures(*lambda, *owner); });
}

// Returns the object of which the expression is a part, `peer` for `peer.address.name` and for `*peer` if
// that is the only owner.
const clang::Expr* whole_of(const Function& function, const clang::Expr* part) {
  for (const clang::Expr* object = part;;) {
    if (const auto* owner = accessed_in(object)) return owns_to_its_end(function, *owner) ? owner : part;
    const auto* member = llvm::dyn_cast_or_null<clang::MemberExpr>(object);
    if (!member) return object ? whole_of_part(object) : nullptr;
    const clang::Expr* base = bare(member->getBase());
    if ((member->isArrow() && !accessed_in(base)) || !llvm::isa<clang::FieldDecl>(member->getMemberDecl()) ||
        member->getMemberDecl()->getType()->isReferenceType())
      return part;
    object = base;
  }
}

// Does the variable refer to an element of a container that only the range-for which declares it holds?
bool is_element_of_temporary(const Function& function, const clang::VarDecl& variable) {
  if (!variable.isCXXForRangeDecl()) return false;
  for (const auto* loop : function.all<clang::CXXForRangeStmt>()) {
    if (loop->getLoopVariable() != &variable) continue;
    const clang::Expr* range = bare(loop->getRangeInit());
    const clang::CXXRecordDecl* record = range->getType()->getAsCXXRecordDecl();
    return range->isPRValue() && record && record->hasDefinition() && record->isInStdNamespace() &&
           !record->hasTrivialDestructor() && is_container(*record);
  }
  return false;
}

}  // namespace

const clang::VarDecl* lent_local(const Function& function, const clang::Expr* argument, bool is_pointer) {
  const clang::Expr* object = made_from(argument);
  const auto* address = llvm::dyn_cast<clang::UnaryOperator>(object);
  if (const clang::Expr* owner = viewed_owner(function, object))
    object = bare(owner);
  else if (is_pointer && !(address && address->getOpcode() == clang::UO_AddrOf))
    return nullptr;
  else if (is_pointer)
    object = bare(address->getSubExpr());
  if (const auto call = as_call(object);
      call && call->callee->isInStdNamespace() && call->arguments.size() == 1)
    object = bare(call->arguments.front());  // std::move
  if (!is_pointer && is_borrowed(object->getType())) return nullptr;
  const auto* name = llvm::dyn_cast_or_null<clang::DeclRefExpr>(whole_of(function, object));
  const clang::VarDecl* local = name ? holder_of(*name) : nullptr;
  if (!local || !local->hasLocalStorage()) return nullptr;
  if (local->getType()->isReferenceType() && !is_element_of_temporary(function, *local)) return nullptr;
  const auto* owner = llvm::dyn_cast<clang::FunctionDecl>(local->getDeclContext());
  return owner && owner->getCanonicalDecl() == function.declaration().getCanonicalDecl() ? local : nullptr;
}

std::string name_of_local(const clang::VarDecl& local) {
  const auto* parts = llvm::dyn_cast<clang::DecompositionDecl>(&local);
  if (!parts) return local.getNameAsString();
  std::string names;
  for (const clang::BindingDecl* part : parts->bindings())
    names += (names.empty() ? "[" : ", ") + part->getNameAsString();
  return names + "]";
}

}  // namespace corolint
