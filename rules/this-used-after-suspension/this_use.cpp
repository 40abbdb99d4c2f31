#include "this_use.h"

#include <algorithm>

#include "coroutines/suspends.h"
#include "rule/late_use.h"
#include "unit/smart_pointer.h"

namespace corolint::objects {

namespace {

bool is_same_or_related(const clang::CXXRecordDecl& one, const clang::CXXRecordDecl& other) {
  if (one.getCanonicalDecl() == other.getCanonicalDecl()) return true;
  const auto derives = [](const clang::CXXRecordDecl& derived, const clang::CXXRecordDecl& base) {
    return derived.hasDefinition() && derived.isDerivedFrom(&base);
  };
  return derives(one, other) || derives(other, one);
}

// Is the use more than handing the pointer to a lambda?
const clang::Stmt* use_at(const Function& function, const clang::Stmt* stmt) {
  if (!llvm::isa<clang::CXXThisExpr>(stmt)) return nullptr;
  const clang::Stmt* outer = function.parent(stmt);
  while (llvm::isa_and_nonnull<clang::ImplicitCastExpr, clang::ParenExpr>(outer))
    outer = function.parent(outer);
  if (llvm::isa_and_nonnull<clang::LambdaExpr>(outer)) return nullptr;
  return llvm::isa_and_nonnull<clang::MemberExpr>(outer) ? outer : stmt;
}

const clang::CXXRecordDecl* object_of_this(const clang::Stmt* stmt) {
  const auto* self = llvm::dyn_cast<clang::CXXThisExpr>(stmt);
  return self ? self->getType()->getPointeeCXXRecordDecl() : nullptr;
}

// Does the coroutine hold a place in a scope of the object, which then has to wait for it?
bool enters_scope(const Pass& pass, const Function& coroutine) {
  return std::any_of(coroutine.calls().begin(), coroutine.calls().end(), [&](const Call& call) {
    const Entry* scope =
        call.receiver ? pass.models().find(Role::scope, bare(call.receiver)->getType()) : nullptr;
    return scope && call.callee->getIdentifier() &&
           std::find(scope->add.begin(), scope->add.end(), call.callee->getName()) != scope->add.end();
  });
}

bool keeps_object(const Pass& pass, const Function& coroutine, const clang::CXXRecordDecl& object) {
  const clang::FunctionDecl& declaration = coroutine.declaration();
  if (std::any_of(declaration.param_begin(), declaration.param_end(),
                  [&](const auto* one) { return owns(one->getType(), object); }))
    return true;
  const auto& closure = llvm::cast<clang::CXXMethodDecl>(declaration).getParent();
  if (closure->isLambda()) {
    for (const clang::LambdaCapture& capture : closure->captures())
      if (capture.getCaptureKind() == clang::LCK_StarThis) return true;
    for (const clang::FieldDecl* field : closure->fields())
      if (owns(field->getType(), object)) return true;
  }
  return names_owner(coroutine, coroutine.body(), object) || enters_scope(pass, coroutine);
}

const Function* body_in(const Pass& pass, const clang::FunctionDecl& function) {
  const auto& all = pass.functions();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Function& one) {
    return one.declaration().getCanonicalDecl() == function.getCanonicalDecl();
  });
  return found == all.end() ? nullptr : &*found;
}

// Does the function wait for other work, itself or in a function of the same class that it calls?
bool waits(const Pass& pass, const Function& function, int depth) {
  return std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& call) {
    if (pass.find(Role::block, call) || pass.find(Role::sync_wait, call)) return true;
    const Function* own =
        depth > 0 && call.receiver && call.function() ? body_in(pass, *call.function()) : nullptr;
    return own && waits(pass, *own, depth - 1);
  });
}

}  // namespace

bool owns(clang::QualType type, const clang::CXXRecordDecl& object) {
  const clang::CXXRecordDecl* owned = smart_pointee(type);
  return owned && is_same_or_related(*owned, object);
}

bool names_owner(const Function& function, const clang::Stmt* inside, const clang::CXXRecordDecl& object,
                 const clang::Stmt* except) {
  return std::any_of(function.statements().begin(), function.statements().end(),
                     [&](const clang::Stmt* stmt) {
                       const auto* expr = llvm::dyn_cast<clang::Expr>(stmt);
                       return expr && owns(expr->getType(), object) && function.is_inside(expr, inside) &&
                              !(except && function.is_inside(expr, except));
                     });
}

namespace {

// A weak pointer with a `->`, which Seastar's has, does not keep the object.
bool is_weak(clang::QualType type) {
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  return record && record->getName().contains_insensitive("weak");
}

}  // namespace

bool is_shared_by_design(const clang::CXXRecordDecl& object) {
  if (!object.hasDefinition()) return false;
  bool gives_owners = false;
  object.forallBases([&](const clang::CXXRecordDecl* base) {
    if (llvm::isa<clang::ClassTemplateSpecializationDecl>(base))
      for (const clang::CXXMethodDecl* method : base->methods())
        gives_owners |= method->getNumParams() == 0 && !method->isStatic() &&
                        !is_weak(method->getReturnType()) && owns(method->getReturnType(), object);
    return true;
  });
  return gives_owners;
}

bool may_join(const Pass& pass, const clang::CXXRecordDecl& object) {
  const clang::CXXDestructorDecl* destructor = object.hasDefinition() ? object.getDestructor() : nullptr;
  if (!destructor || !destructor->isUserProvided()) return false;
  const Function* body = body_in(pass, *destructor);
  return !body || waits(pass, *body, 1);
}

namespace {

std::optional<ThisUse> use_within(const Pass& pass, const Function& coroutine, int depth);

// Returns the await of another coroutine of the same object that uses it late: who awaits it does so, too.
std::optional<ThisUse> use_by_awaited(const Pass& pass, const Function& coroutine, int depth) {
  for (const Suspension& suspension : coroutine.suspensions())
    for (const Call& call : coroutine.calls()) {
      const bool is_own = call.receiver && llvm::isa<clang::CXXThisExpr>(bare(call.receiver)) &&
                          call.function() && coroutine.is_inside(call.expr, suspension.operand);
      const Function* awaited = is_own ? body_in(pass, *call.function()) : nullptr;
      if (!awaited || !awaited->is_coroutine()) continue;
      const auto use = use_within(pass, *awaited, depth - 1);
      if (use && use->suspension)
        return ThisUse{object_of_this(bare(call.receiver)), call.expr, suspension.expr};
    }
  return std::nullopt;
}

std::optional<ThisUse> use_within(const Pass& pass, const Function& coroutine, int depth) {
  if (!llvm::isa<clang::CXXMethodDecl>(coroutine.declaration())) return std::nullopt;
  std::optional<ThisUse> use;
  for (const clang::Stmt* stmt : coroutine.statements()) {
    const clang::Stmt* at = use_at(coroutine, stmt);
    if (!at) continue;
    const clang::Expr* suspension = suspension_before(coroutine, stmt);
    if (!use || suspension) use = ThisUse{object_of_this(stmt), at, suspension};
    if (suspension) break;
  }
  if (!use || !use->object) return std::nullopt;
  if (!use->suspension && depth > 0)
    if (const auto late = use_by_awaited(pass, coroutine, depth)) use = late;
  if (!use->suspension && !is_lazy(pass, coroutine.declaration().getReturnType())) return std::nullopt;
  if (keeps_object(pass, coroutine, *use->object)) return std::nullopt;
  return use;
}

}  // namespace

std::optional<ThisUse> use_of_object(const Pass& pass, const Function& coroutine) {
  constexpr int most_coroutines = 3;
  return use_within(pass, coroutine, most_coroutines);
}

}  // namespace corolint::objects
