#include "setters.h"

#include <algorithm>

#include "llvm/ADT/StringSet.h"

namespace corolint::timeout {

namespace {

// Returns the last parts of the names of all that sets a limit: `expires_after`.
llvm::StringSet<> names_of_setters(const Models& models) {
  llvm::StringSet<> names;
  for (const Entry* entry : models.all(Role::deadline))
    for (const llvm::StringRef name : entry->match.names) names.insert(name.rsplit("::").second);
  return names;
}

// Of what a generic lambda, `visit([&](auto& stream) { stream.expires_after(time); })`, calls there is but
// the name.
bool sets_limit(const Pass& pass, const Function& function, const llvm::StringSet<>& names) {
  const auto is_setter = [&](const clang::CXXDependentScopeMemberExpr* member) {
    const clang::IdentifierInfo* name = member->getMember().getAsIdentifierInfo();
    return name && names.contains(name->getName());
  };
  const auto members = function.all<clang::CXXDependentScopeMemberExpr>();
  return std::any_of(members.begin(), members.end(), is_setter) ||
         std::any_of(function.calls().begin(), function.calls().end(),
                     [&](const Call& call) { return pass.find(Role::deadline, call) != nullptr; });
}

// Returns the method that the function is, or that the lambda stands in; null for any other.
const clang::CXXMethodDecl* method_around(const Function& function) {
  for (const clang::DeclContext* context = &function.declaration(); context; context = context->getParent())
    if (const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(context);
        method && !method->getParent()->isLambda())
      return method;
  return nullptr;
}

}  // namespace

Functions setters_in(const Pass& pass) {
  const llvm::StringSet<> names = names_of_setters(pass.models());
  Functions setters;
  for (const Function& function : pass.functions())
    if (const auto* method = method_around(function);
        method && !function.is_coroutine() && sets_limit(pass, function, names))
      setters.insert(method->getCanonicalDecl());
  return setters;
}

}  // namespace corolint::timeout
