#include "twins.h"

#include <algorithm>

#include "coroutines/promise.h"
#include "unit/names.h"

namespace corolint::blocking {

namespace {

std::vector<std::string> twin_names(const std::string& name) {
  std::string upper = name;
  upper.front() = llvm::toUpper(upper.front());
  return {"async_" + name, name + "_async", "co_" + name,    name + "_co", name + "_coro",
          name + "Async",  "async" + upper, "Async" + upper, "co" + upper, name + "Coro"};
}

// Do the twin's first parameters have the types of the method's?
bool takes_the_same(const clang::CXXMethodDecl& twin, const clang::CXXMethodDecl& method) {
  if (twin.getNumParams() < method.getNumParams()) return false;
  for (unsigned i = 0; i < method.getNumParams(); ++i)
    if (twin.getParamDecl(i)->getType().getCanonicalType() !=
        method.getParamDecl(i)->getType().getCanonicalType())
      return false;
  return twin.getMinRequiredArguments() <= method.getNumParams();
}

const clang::CXXMethodDecl* twin_of(const Pass& pass, const clang::CXXMethodDecl& method) {
  if (!method.getIdentifier() || method.getName().empty()) return nullptr;
  for (const std::string& name : twin_names(method.getNameAsString())) {
    const clang::NamedDecl* member = find_member(*method.getParent(), &pass.ast().Idents.get(name));
    const auto* twin = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(member);
    if (twin && pass.awaitable(twin->getReturnType()) && takes_the_same(*twin, method)) return twin;
  }
  return nullptr;
}

}  // namespace

void check_twins(Pass& pass, const Function& coroutine) {
  if (!pass.options().flag(async_twins.name)) return;
  for (const Call& call : coroutine.calls()) {
    const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(call.callee);
    if (!method || !call.receiver || pass.awaitable(method->getReturnType()) ||
        pass.find(Role::block, call) || pass.find(Role::sync_wait, call))
      continue;
    const clang::CXXMethodDecl* twin = twin_of(pass, *method);
    // The twin itself may well be made from the method.
    if (!twin || twin->getCanonicalDecl() == coroutine.declaration().getCanonicalDecl()) continue;
    pass.report(coroutine, call.expr, has_twin,
                {qualified_name(*method), coroutine.name(), twin->getNameAsString()})
        .label("may keep the thread where the other would suspend")
        .note(twin, "the awaitable one")
        .help("co_await '" + twin->getNameAsString() + "' instead, if it does the same")
        .level(Level::note);
  }
}

}  // namespace corolint::blocking
