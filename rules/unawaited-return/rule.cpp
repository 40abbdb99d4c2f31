#include "coroutines/value_use.h"
#include "llvm/ADT/STLExtras.h"
#include "returns.h"
#include "unit/names.h"

namespace corolint {

using namespace unawaited;

namespace unawaited {

std::string called_name(const clang::Expr* returned) {
  const auto call = as_call(returned);
  return call && !call->is_construction() ? qualified_name(*call->callee) : "the work";
}

}  // namespace unawaited

namespace {

// Returns what the local variable was made from, if all that the function does with it is to return it; else
// null.
const clang::Expr* kept_value(const Function& function, const clang::Expr* returned) {
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(returned);
  const auto* variable = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
  if (!variable || !variable->isLocalVarDecl() || !variable->hasLocalStorage() || !variable->getInit() ||
      variable->getType()->isReferenceType())
    return nullptr;
  const auto names = function.all<clang::DeclRefExpr>();
  return llvm::count_if(names, [&](const auto* one) { return one->getDecl() == variable; }) == 1
             ? variable->getInit()
             : nullptr;
}

bool is_move(const clang::Expr* expr) {
  const auto call = as_call(expr);
  return call && call->callee->isInStdNamespace() && call->arguments.size() == 1;
}

// Returns the calls whose awaitable the value is: one, or the arms of a `?:`.
std::vector<const clang::Expr*> returned_calls(const Function& function, const clang::Expr* value) {
  const clang::Expr* made = value ? made_from(value) : nullptr;
  if (made && is_move(made)) made = made_from(as_call(made)->arguments.front());
  if (!made) return {};
  if (const auto* choice = llvm::dyn_cast<clang::ConditionalOperator>(made)) {
    auto calls = returned_calls(function, choice->getTrueExpr());
    for (const clang::Expr* call : returned_calls(function, choice->getFalseExpr())) calls.push_back(call);
    return calls;
  }
  if (const clang::Expr* kept = kept_value(function, made)) return returned_calls(function, kept);
  return llvm::isa<clang::CallExpr>(made) ? std::vector{made} : std::vector<const clang::Expr*>();
}

void check(Pass& pass) {
  Endings endings(pass);
  for (const Function& function : pass.functions()) {
    if (function.is_pattern() ||
        llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(function.declaration().getBody()))
      continue;
    if (!pass.awaitable(function.declaration().getReturnType())) continue;
    for (const auto* leave : function.all<clang::ReturnStmt>())
      for (const clang::Expr* returned : returned_calls(function, leave->getRetValue())) {
        if (!pass.awaitable(returned->getType())) continue;
        const Ending ending = endings.of(function);
        check_locals(pass, function, ending, returned);
        check_guards(pass, ending, returned);
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
