#include "closing.h"

#include "coroutines/value_use.h"

namespace corolint::fan_out {

namespace {

bool says_closing(llvm::StringRef name) {
  const std::string word = name.lower();
  const llvm::StringRef text = word;
  return text.starts_with("stop") || text.starts_with("close") || text.starts_with("shutdown") ||
         text.starts_with("abort") || text.starts_with("cancel");
}

// Returns the name of what is called, also in a generic lambda, where it is not known what that is.
llvm::StringRef called_name(const clang::CallExpr& call) {
  if (const auto* callee = llvm::dyn_cast_or_null<clang::NamedDecl>(call.getCalleeDecl()))
    return callee->getIdentifier() ? callee->getName() : "";
  const auto* member = llvm::dyn_cast<clang::CXXDependentScopeMemberExpr>(call.getCallee());
  const clang::IdentifierInfo* name = member ? member->getMember().getAsIdentifierInfo() : nullptr;
  return name ? name->getName() : "";
}

// Is it certain that the call leaves no work behind?
bool is_done_at_once(const Pass& pass, const clang::CallExpr& call) {
  const clang::QualType value = value_type(&call);
  const auto known = as_call(&call);
  return !value.isNull() && !value->isDependentType() && !pass.awaitable(value) &&
         !(known && pass.find(Role::spawn, *known));
}

}  // namespace

bool closes(const clang::NamedDecl& function) {
  return function.getIdentifier() && says_closing(function.getName());
}

bool only_closes(const Pass& pass, const clang::FunctionDecl& callable) {
  if (!callable.hasBody()) return false;
  const Function function(callable);
  bool is_closing = false;
  for (const auto* call : function.all<clang::CallExpr>()) {
    if (says_closing(called_name(*call)))
      is_closing = true;
    else if (!is_done_at_once(pass, *call))
      return false;
  }
  return is_closing;
}

}  // namespace corolint::fan_out
