#include "capturing.h"

#include <algorithm>

#include "coroutines/flow.h"
#include "coroutines/local_scope.h"
#include "llvm/ADT/STLExtras.h"
#include "rule/late_use.h"

namespace corolint::capturing {

namespace {

// Returns the name of the capture that the statement of a lambda reads; empty if it reads none.
std::string captured_by(const clang::Stmt* stmt) {
  if (llvm::isa<clang::CXXThisExpr>(stmt)) return "this";
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(stmt);
  return name && name->refersToEnclosingVariableOrCapture() ? name->getDecl()->getNameAsString() : "";
}

// Can the coroutine have been suspended before it comes to `use`?
bool is_after_suspension(const Function& body, const clang::Stmt* use) {
  const Flow* flow = body.flow();
  const auto& suspensions = body.suspensions();
  if (body.is_pattern()) {  // has no flow: the order of the source must do
    const auto& all = body.statements();
    const auto at = std::find(all.begin(), all.end(), use);
    return std::any_of(suspensions.begin(), suspensions.end(), [&](const Suspension& suspension) {
      return std::find(all.begin(), at, suspension.expr) != at && !body.is_inside(use, suspension.expr);
    });
  }
  return flow && std::any_of(suspensions.begin(), suspensions.end(), [&](const Suspension& suspension) {
           return flow->may_follow(suspension.expr, use);
         });
}

// Returns the local that keeps a closure which has captured by reference what `use` names, or null.
const clang::VarDecl* local_that_refers_to(const Function& body, const clang::Stmt* use) {
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(use);
  const auto* lambda = name ? body.around<clang::LambdaExpr>(use) : nullptr;
  const auto* statement = lambda ? body.around<clang::DeclStmt>(lambda) : nullptr;
  if (!statement || !statement->isSingleDecl()) return nullptr;
  const bool is_lent = llvm::any_of(lambda->captures(), [&](const clang::LambdaCapture& capture) {
    return capture.getCaptureKind() == clang::LCK_ByRef && capture.capturesVariable() &&
           capture.getCapturedVar() == name->getDecl();
  });
  return is_lent ? llvm::dyn_cast<clang::VarDecl>(statement->getSingleDecl()) : nullptr;
}

// Is what `use` names read after a suspension by a local that refers to it: a guard when it ends, or a
// closure that is called then?
bool is_read_by_local_after_suspension(const Function& body, const clang::Stmt* use) {
  const clang::VarDecl* local = body.is_pattern() ? nullptr : local_that_refers_to(body, use);
  if (!local) return false;
  const LocalScope scope(body, *local);
  const auto* record = local->getType()->getAsCXXRecordDecl();
  const bool is_guard = record && !record->isLambda() && local->needsDestruction(local->getASTContext());
  const auto names = body.all<clang::DeclRefExpr>();
  return (is_guard &&
          llvm::any_of(body.suspensions(), [&](const Suspension& one) { return scope.holds(one.expr); })) ||
         llvm::any_of(names, [&](const clang::DeclRefExpr* name) {
           return name->getDecl() == local && is_after_suspension(body, name);
         });
}

// Returns the bodies of the lambda: one, or those of a generic lambda's instances.
std::vector<const Function*> bodies_of(const Pass& pass, const clang::LambdaExpr& lambda) {
  std::vector<const Function*> bodies;
  for (const Function& function : pass.functions()) {
    const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function.declaration());
    if (method && method->getParent() == lambda.getLambdaClass() &&
        llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(method->getBody()))
      bodies.push_back(&function);
  }
  return bodies;
}

bool takes_closure_by_value(const clang::CXXMethodDecl& method) {
  return method.isExplicitObjectMemberFunction() && !method.getParamDecl(0)->getType()->isReferenceType();
}

}  // namespace

std::optional<Coroutine> as_capturing(const Pass& pass, const clang::LambdaExpr& lambda) {
  if (lambda.capture_size() == 0 || takes_closure_by_value(*lambda.getCallOperator())) return std::nullopt;
  for (const Function* body : bodies_of(pass, lambda)) {
    const clang::QualType type = body->declaration().getReturnType();
    const bool is_lazy = corolint::is_lazy(pass, type);
    const bool is_alone = runs_alone(type, pass.models(), pass.ast());
    for (const clang::Stmt* stmt : body->statements()) {
      std::string captured = captured_by(stmt);
      if (!captured.empty() &&
          (is_lazy || is_after_suspension(*body, stmt) || is_read_by_local_after_suspension(*body, stmt)))
        return Coroutine{&lambda, std::move(captured), stmt, is_lazy, is_alone};
    }
  }
  return std::nullopt;
}

const clang::Stmt* late_use_of(const Pass& pass, const clang::LambdaExpr& lambda,
                               const clang::VarDecl& captured) {
  for (const Function* body : bodies_of(pass, lambda)) {
    const bool is_any = is_lazy(pass, body->declaration().getReturnType());
    for (const auto* name : body->all<clang::DeclRefExpr>())
      if (name->getDecl() == &captured && (is_any || is_after_suspension(*body, name))) return name;
  }
  return nullptr;
}

}  // namespace corolint::capturing
