#include "engine/call_ways.h"

#include <algorithm>
#include <array>

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "coroutines/value_use.h"
#include "rule/elsewhere.h"
#include "rule/handlers.h"

namespace corolint {

namespace {

// Is it the object's class that decides what runs? Not with a qualified name, a final method or class.
bool is_dispatched(const Call& call, const clang::FunctionDecl& callee) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&callee);
  if (!method || !method->isVirtual() || !call.receiver) return false;
  const auto* member_call = llvm::dyn_cast<clang::CXXMemberCallExpr>(call.expr);
  const auto* member =
      member_call ? llvm::dyn_cast<clang::MemberExpr>(member_call->getCallee()->IgnoreParens()) : nullptr;
  if (member && member->hasQualifier()) return false;
  return !const_cast<clang::CXXMethodDecl*>(method)->getDevirtualizedMethod(call.receiver, false);
}

bool is_given_to(const Pass& pass, const Function& function, const clang::Expr* expr, Role role) {
  for (const clang::Stmt* outer = function.parent(expr); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer))
    if (const auto call = as_call(outer))
      if (const Entry* entry = pass.find(role, *call); entry && is_work(function, expr, *call, *entry))
        return true;
  return false;
}

// Is the object of a type that a template was given?
bool is_given(const clang::Expr* expr) {
  const clang::ValueDecl* object = nullptr;
  if (const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(bare(expr))) object = name->getDecl();
  if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(bare(expr))) object = member->getMemberDecl();
  return object &&
         object->getType().getNonReferenceType()->getAs<clang::SubstTemplateTypeParmType>() != nullptr;
}

// Does the class have a method by which executors take work?
bool takes_work(const clang::CXXRecordDecl& record) {
  constexpr std::array names = {"dispatch", "enqueue", "execute", "post", "submit"};
  const auto is_one = [&](const clang::Decl* decl) {
    const auto* named = llvm::dyn_cast<clang::NamedDecl>(decl);
    return named && llvm::isa<clang::CXXMethodDecl, clang::FunctionTemplateDecl>(named) &&
           std::ranges::find(names, named->getDeclName().getAsString()) != names.end();
  };
  const auto has_one = [&](const clang::CXXRecordDecl* one) { return llvm::any_of(one->decls(), is_one); };
  return has_one(&record) || !record.forallBases([&](const auto* base) { return !has_one(base); });
}

bool is_given_executor(const clang::ParmVarDecl* parameter) {
  const clang::QualType type = parameter->getType().getNonReferenceType();
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  return type->getAs<clang::SubstTemplateTypeParmType>() && record && record->hasDefinition() &&
         takes_work(*record->getDefinition());
}

}  // namespace

Way way_of(const Pass& pass, const Function& function, const Call& call, const clang::FunctionDecl& callee) {
  if (!call.is_construction() && pass.awaitable(callee.getReturnType())) {
    if (is_given_to(pass, function, call.expr, Role::offload)) return Way::offloads;
    if (is_awaited(function, call.expr)) return Way::awaits;
    return is_given_to(pass, function, call.expr, Role::spawn) ? Way::spawns : Way::starts;
  }
  return is_dispatched(call, callee) ? Way::may_run : Way::runs;
}

Way way_of_callable(const Pass& pass, const Function& function, const Call& call,
                    const clang::Expr* callable) {
  const auto is_for = [&](Role role) {
    const Entry* entry = pass.find(role, call);
    return entry && is_work(function, callable, call, *entry);
  };
  if (is_for(Role::offload)) return Way::offloads;
  if (is_for(Role::spawn)) return Way::spawns;
  if (is_for(Role::callback))
    return pass.find(Role::callback, call)->runs_once ? Way::posts_once : Way::posts;
  return is_for(Role::now) ? Way::runs : Way::mentions;
}

Way way_of_stored(const Pass& pass, const clang::FunctionDecl& callable) {
  return pass.awaitable(callable.getReturnType()) ? Way::starts : Way::runs;
}

bool is_given_with_executor(const std::map<const Function*, Call>& handlers, const Function& function,
                            const clang::Stmt* at) {
  const auto* call = llvm::dyn_cast<clang::CXXOperatorCallExpr>(at);
  if (!call || call->getOperator() != clang::OO_Call || !is_given(call->getArg(0))) return false;
  if (function.is_coroutine()) return llvm::any_of(function.declaration().parameters(), is_given_executor);
  const auto handler = handlers.find(&function);
  if (handler == handlers.end()) return false;
  const Call& handed_over = handler->second;
  const clang::Expr* executor = handed_over.receiver            ? handed_over.receiver
                                : handed_over.arguments.empty() ? nullptr
                                                                : handed_over.arguments.front();
  return executor && is_given(executor);
}

}  // namespace corolint
