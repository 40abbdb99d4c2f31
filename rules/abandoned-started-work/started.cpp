#include "started.h"

#include <algorithm>

#include "coroutines/container.h"
#include "coroutines/promise.h"
#include "coroutines/value_use.h"
#include "rule/late_use.h"
#include "rule/lent.h"

namespace corolint::abandoned {

namespace {

// Returns a local of the function that the started coroutine uses late, or null.
const clang::VarDecl* lent_to(const Pass& pass, const Function& function, const Call& call) {
  const clang::FunctionDecl* callee = call.function();
  for (std::size_t i = 0; callee && i < call.arguments.size() && i < callee->getNumParams(); ++i) {
    const clang::ParmVarDecl* parameter = callee->getParamDecl(static_cast<unsigned>(i));
    if (!is_borrowed(parameter->getType())) continue;
    const clang::VarDecl* local =
        lent_local(function, call.arguments[i], parameter->getType()->isPointerType());
    if (local && late_use(pass, *callee, parameter).kind == LateUse::yes) return local;
  }
  return nullptr;
}

// Is it the future of a promise? Nothing has begun with it: the work is where the promise goes.
bool is_of_promise(const Call& call) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(call.callee);
  if (!method) return false;
  const auto has = [&](llvm::StringRef name) {
    return find_member(*method->getParent(), &method->getASTContext().Idents.get(name)) != nullptr;
  };
  return has("set_value") || has("setValue");
}

// Is it work that has begun and goes on when its awaitable is dropped? Where that may be meant, it must refer
// to what the function has.
std::optional<Started> as_started(const Pass& pass, const Function& function, const clang::Expr* made) {
  const auto call = llvm::isa<clang::CallExpr>(made) && made->isPRValue() ? as_call(made) : std::nullopt;
  if (!call || is_of_promise(*call) || pass.find(Role::detach_ok, *call)) return std::nullopt;
  const auto awaitable = pass.awaitable(made->getType());
  if (!awaitable || awaitable->start != corolint::Start::eager || awaitable->drop == Drop::unknown ||
      awaitable->owns_work())
    return std::nullopt;
  const clang::VarDecl* lent = lent_to(pass, function, *call);
  if (awaitable->discard != Discard::error && !lent) return std::nullopt;
  Started work;
  work.call = made;
  work.lent = lent;
  work.awaitable = *awaitable;
  return work;
}

bool is_kept_here(const Function& function, const clang::ValueDecl* variable) {
  const auto* local = llvm::dyn_cast_or_null<clang::VarDecl>(variable);
  return local && local->isLocalVarDecl() && !local->isStaticLocal() &&
         !local->getType()->isReferenceType() &&
         local->getParentFunctionOrMethod() == &function.declaration();
}

}  // namespace

std::vector<Started> started_in(const Pass& pass, const Function& function) {
  std::vector<Started> all;
  for (const auto* statement : function.all<clang::DeclStmt>()) {
    const auto* variable =
        statement->isSingleDecl() ? llvm::dyn_cast<clang::VarDecl>(statement->getSingleDecl()) : nullptr;
    if (!variable || !is_kept_here(function, variable) || !variable->getInit()) continue;
    if (auto work = as_started(pass, function, initial_value(*variable))) {
      work->variable = variable;
      work->begin = statement;
      all.push_back(*work);
    }
  }
  for (const Call& call : function.calls()) {
    const clang::ValueDecl* container = container_added_to(function, call.expr);
    if (!container || !is_kept_here(function, container)) continue;
    if (auto work = as_started(pass, function, call.expr)) {
      work->variable = llvm::cast<clang::VarDecl>(container);
      work->begin = call.expr;
      work->is_many = true;
      all.push_back(*work);
    }
  }
  return all;
}

std::vector<const clang::Stmt*> gathers_of(const Function& function, const Started& work) {
  std::vector<const clang::Stmt*> gathers;
  for (const auto* name : function.all<clang::DeclRefExpr>())
    if (name->getDecl() == work.variable &&
        (!work.is_many || container_use(function, name).kind == ContainerUse::other))
      gathers.push_back(name);
  for (const auto* lambda : function.all<clang::LambdaExpr>())
    if (std::any_of(lambda->capture_begin(), lambda->capture_end(), [&](const auto& capture) {
          return capture.capturesVariable() && capture.getCapturedVar() == work.variable;
        }))
      gathers.push_back(lambda);
  return gathers;
}

}  // namespace corolint::abandoned
