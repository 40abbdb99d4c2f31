#include "coroutines/container.h"
#include "coroutines/value_use.h"
#include "rule/late_use.h"
#include "rule/lent.h"

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

// Returns the object of which the expression is a part, `peer` for `peer.address.name`.
const clang::Expr* whole_of(const clang::Expr* part) {
  for (const clang::Expr* object = part;;) {
    const auto* member = llvm::dyn_cast_or_null<clang::MemberExpr>(object);
    if (!member) return object;
    if (member->isArrow() || !llvm::isa<clang::FieldDecl>(member->getMemberDecl()) ||
        member->getMemberDecl()->getType()->isReferenceType())
      return part;
    object = bare(member->getBase());
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
  if (is_pointer && !(address && address->getOpcode() == clang::UO_AddrOf)) return nullptr;
  if (is_pointer) object = bare(address->getSubExpr());
  if (const auto call = as_call(object);
      call && call->callee->isInStdNamespace() && call->arguments.size() == 1)
    object = bare(call->arguments.front());  // std::move
  if (!is_pointer && is_borrowed(object->getType())) return nullptr;
  const auto* name = llvm::dyn_cast_or_null<clang::DeclRefExpr>(whole_of(object));
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
