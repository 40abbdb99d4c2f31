#include "flag_of_canceller.h"

#include <algorithm>

#include "coroutines/loop.h"
#include "llvm/ADT/STLExtras.h"
#include "rule/body.h"
#include "stop_flags.h"

namespace corolint::cancellation {

namespace {

// By their names: what classes of one's own, that wrap sockets and sources of cancellation, call them, too.
bool cancels(const Call& call) {
  const clang::IdentifierInfo* name = call.callee->getIdentifier();
  constexpr llvm::StringRef names[] = {"abort", "broken",   "cancel",        "close",
                                       "emit",  "shutdown", "request_abort", "request_stop"};
  return name && !call.is_construction() && llvm::is_contained(names, name->getName());
}

bool cancels(const Function& function) {
  return llvm::any_of(function.calls(), [](const Call& call) { return cancels(call); });
}

// Does it cancel, itself or by a function that it calls?
bool comes_to_cancel(const Pass& pass, const Function& function) {
  return cancels(function) || llvm::any_of(function.calls(), [&](const Call& call) {
           const Function* callee = call.function() ? body_of(pass, *call.function()) : nullptr;
           return callee && cancels(*callee);
         });
}

bool names(const clang::Expr* expr, const clang::ValueDecl* flag) {
  expr = expr ? bare(expr) : nullptr;
  if (const auto* member = llvm::dyn_cast_or_null<clang::MemberExpr>(expr))
    return member->getMemberDecl() == flag;
  const auto* reference = llvm::dyn_cast_or_null<clang::DeclRefExpr>(expr);
  return reference && reference->getDecl() == flag;
}

// Does the function set the flag: assign to it, or call a method of an atomic one that does?
bool sets(const Function& function, const clang::ValueDecl* flag) {
  return llvm::any_of(function.statements(), [&](const clang::Stmt* stmt) {
    if (const auto* set = llvm::dyn_cast<clang::BinaryOperator>(stmt))
      return set->getOpcode() == clang::BO_Assign && names(set->getLHS(), flag);
    if (const auto* set = llvm::dyn_cast<clang::CXXOperatorCallExpr>(stmt))
      return set->getOperator() == clang::OO_Equal && names(set->getArg(0), flag);
    const auto* call = llvm::dyn_cast<clang::CXXMemberCallExpr>(stmt);
    const clang::IdentifierInfo* name =
        call && call->getMethodDecl() ? call->getMethodDecl()->getIdentifier() : nullptr;
    return name && names(call->getImplicitObjectArgument(), flag) &&
           (name->getName() == "store" || name->getName() == "exchange" || name->getName() == "clear");
  });
}

}  // namespace

bool ends_with_canceller(const Pass& pass, const Function& coroutine, const clang::Stmt* stmt) {
  for (const clang::Stmt* loop : loops_around(coroutine, stmt))
    for (const clang::ValueDecl* flag : own_flags(coroutine, loop_condition(*loop)))
      for (const Function& function : pass.functions())
        if (&function != &coroutine && sets(function, flag) && comes_to_cancel(pass, function)) return true;
  return false;
}

}  // namespace corolint::cancellation
