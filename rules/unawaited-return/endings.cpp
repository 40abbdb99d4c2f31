// What ends with a function when it returns.

#include <algorithm>

#include "returns.h"
#include "rule/handlers.h"
#include "rule/task_fate.h"

namespace corolint::unawaited {

namespace {

const Function* function_with(const Pass& pass, const clang::Expr* expr) {
  const auto& functions = pass.functions();
  const auto found = std::find_if(functions.begin(), functions.end(), [&](const Function& function) {
    return function.is_inside(expr, function.body());
  });
  return found != functions.end() ? &*found : nullptr;
}

}  // namespace

bool Ending::is_captured_copy(const clang::VarDecl& variable) const {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function_.declaration());
  if (!method || !method->getParent()->isLambda()) return false;
  const auto captures = method->getParent()->captures();
  return std::any_of(captures.begin(), captures.end(), [&](const clang::LambdaCapture& capture) {
    return capture.getCaptureKind() == clang::LCK_ByCopy && capture.capturesVariable() &&
           capture.getCapturedVar() == &variable;
  });
}

bool Ending::contains(const clang::ValueDecl* variable) const {
  const auto* local = llvm::dyn_cast_or_null<clang::VarDecl>(variable);
  if (!local || !local->hasLocalStorage()) return false;
  if (is_captured_copy(*local)) return closure_ == Closure::ends;
  const auto* owner = llvm::dyn_cast<clang::FunctionDecl>(local->getDeclContext());
  if (local->getType()->isReferenceType() || !owner ||
      owner->getCanonicalDecl() != function_.declaration().getCanonicalDecl())
    return false;
  if (!llvm::isa<clang::ParmVarDecl>(local) || is_callback_) return true;
  const clang::CXXRecordDecl* record = local->getType()->getAsCXXRecordDecl();
  return !record || record->canPassInRegisters();
}

Ending Endings::of(const Function& function) {
  if (!function.is_lambda()) return {function, false, Ending::Closure::stays};
  if (!callbacks_) callbacks_ = handlers_of(pass_);
  const auto known = callbacks_->find(&function);
  if (known == callbacks_->end()) return {function, false, Ending::Closure::stays};
  return {function, true, closure_after(known->second)};
}

// A continuation ends once it was called. A closure that is called at once is the caller's, and ends with the
// expression, unless that awaits what the call returns.
Ending::Closure Endings::closure_after(const Call& hand_over) const {
  const Entry* callback = pass_.find(Role::callback, hand_over);
  if (callback && callback->is_one_shot) return Ending::Closure::ends;
  const Function* by = pass_.find(Role::now, hand_over) ? function_with(pass_, hand_over.expr) : nullptr;
  const bool is_let_go = by && fate_of(pass_, *by, hand_over.expr, false).kind != TaskFate::unknown;
  return is_let_go ? Ending::Closure::ends : Ending::Closure::stays;
}

}  // namespace corolint::unawaited
