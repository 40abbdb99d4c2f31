#include "coroutines/value_use.h"
#include "returns.h"
#include "rule/handlers.h"
#include "unit/names.h"

namespace corolint {

using namespace unawaited;

namespace unawaited {

std::string called_name(const clang::Expr* returned) {
  const auto call = as_call(returned);
  return call && !call->is_construction() ? qualified_name(*call->callee) : "the work";
}

bool Ending::contains(const clang::ValueDecl* variable) const {
  const auto* local = llvm::dyn_cast_or_null<clang::VarDecl>(variable);
  if (!local || !local->hasLocalStorage() || local->getType()->isReferenceType()) return false;
  const auto* owner = llvm::dyn_cast<clang::FunctionDecl>(local->getDeclContext());
  if (!owner || owner->getCanonicalDecl() != function_.declaration().getCanonicalDecl()) return false;
  if (!llvm::isa<clang::ParmVarDecl>(local) || is_callback_) return true;
  const clang::CXXRecordDecl* record = local->getType()->getAsCXXRecordDecl();
  return !record || record->canPassInRegisters();
}

}  // namespace unawaited

namespace {

// Returns the calls whose awaitable the statement returns: one, or the arms of a `?:`.
std::vector<const clang::Expr*> returned_calls(const clang::Expr* value) {
  const clang::Expr* made = value ? made_from(value) : nullptr;
  if (const auto* choice = llvm::dyn_cast_or_null<clang::ConditionalOperator>(made)) {
    auto calls = returned_calls(choice->getTrueExpr());
    for (const clang::Expr* call : returned_calls(choice->getFalseExpr())) calls.push_back(call);
    return calls;
  }
  if (llvm::isa_and_nonnull<clang::CallExpr>(made)) return {made};
  return {};
}

// The lambdas that libraries call, looked up when the first is asked about.
class Callbacks {
 public:
  explicit Callbacks(const Pass& pass) : pass_(pass) {}

  bool contain(const Function& function) {
    if (!function.is_lambda()) return false;
    if (!known_) known_ = handlers_of(pass_);
    return known_->contains(&function);
  }

 private:
  const Pass& pass_;
  std::optional<std::map<const Function*, Call>> known_;
};

void check(Pass& pass) {
  Callbacks callbacks(pass);
  for (const Function& function : pass.functions()) {
    if (function.is_pattern() ||
        llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(function.declaration().getBody()))
      continue;
    if (!pass.awaitable(function.declaration().getReturnType())) continue;
    for (const auto* leave : function.all<clang::ReturnStmt>())
      for (const clang::Expr* returned : returned_calls(leave->getRetValue())) {
        if (!pass.awaitable(returned->getType())) continue;
        check_locals(pass, function, Ending(function, callbacks.contain(function)), returned);
        check_guards(pass, function, returned);
        check_try(pass, function, returned);
      }
  }
}

}  // namespace

Rule unawaited_return() {
  return {.check = check,
          .messages = {uses_local, captures_local, guard, out_of_try},
          .level = Level::note,
          .cwe = 562,
          .group = "lifetime"};
}

}  // namespace corolint
