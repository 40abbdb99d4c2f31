#include "callbacks.h"

#include <array>

#include "coroutines/callable.h"
#include "coroutines/value_use.h"
#include "llvm/ADT/STLExtras.h"
#include "rule/late_use.h"
#include "rule/task_fate.h"

namespace corolint::outlived {

namespace {

// Does the function, by its name, keep a callable until something happens? One that visits elements calls it
// at once.
bool registers(const clang::NamedDecl& callee) {
  if (!callee.getIdentifier() || callee.isInStdNamespace()) return false;
  const llvm::StringRef name = callee.getName();
  if (name.starts_with("on_") || (name.starts_with("on") && name.size() > 2 && llvm::isUpper(name[2])))
    return true;
  constexpr std::array words = {"callback", "dispatcher", "handler",  "listener",
                                "observer", "register",   "subscribe"};
  return llvm::any_of(words, [&](const char* word) { return name.contains_insensitive(word); });
}

bool is_registered(const Function& function, const clang::LambdaExpr& lambda) {
  for (const clang::Stmt* outer = function.parent(&lambda); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer)) {
    const auto call = as_call(outer);
    if (!call || call->is_construction() || !call->callee) continue;
    return llvm::any_of(call->arguments,
                        [&](const clang::Expr* one) { return function.is_inside(&lambda, one); }) &&
           registers(*call->callee);
  }
  return false;
}

// Is it lent something of the standard library that it may not change, or should take away?
bool is_message(clang::QualType type) {
  const clang::CXXRecordDecl* record = type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!is_borrowed(type) || !record || !record->isInStdNamespace()) return false;
  return !type->isLValueReferenceType() || type.getNonReferenceType().isConstQualified();
}

}  // namespace

bool Callbacks::contain(const Function& function) {
  if (!function.is_lambda()) return false;
  if (!known_) {
    known_.emplace();
    for (const Function& outer : pass_.functions())
      for (const auto* lambda : outer.all<clang::LambdaExpr>())
        if (is_registered(outer, *lambda)) known_->insert(&as_written(*lambda->getCallOperator()));
  }
  return known_->contains(&as_written(function.declaration()));
}

std::vector<Lent> lent_by_callback(const Pass& pass, const Function& callback, const Call& call) {
  const clang::FunctionDecl* callee = call.function();
  std::vector<Lent> lent;
  for (unsigned i = 0; i < call.arguments.size() && i < callee->getNumParams(); ++i) {
    const clang::ParmVarDecl* parameter = callee->getParamDecl(i);
    const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(bare(call.arguments[i]));
    const auto* own = name ? llvm::dyn_cast<clang::ParmVarDecl>(name->getDecl()) : nullptr;
    if (own && own->getDeclContext() == &callback.declaration() && is_borrowed(parameter->getType()) &&
        is_message(own->getType()))
      lent.push_back({parameter, call.arguments[i], own});
  }
  if (lent.empty()) return lent;
  const TaskFate fate = fate_of(pass, callback, call.expr, is_lazy(pass, call.expr->getType()));
  std::erase_if(lent, [&](const Lent& one) {
    return fate.kind != TaskFate::started || !outlives(pass, callback, *one.local, fate.at);
  });
  for (Lent& one : lent) one.lets_go = fate.at;
  return lent;
}

bool is_from_callback(const Lent& lent) {
  return lent.local && llvm::isa<clang::ParmVarDecl>(lent.local) && is_borrowed(lent.local->getType());
}

}  // namespace corolint::outlived
