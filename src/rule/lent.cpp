#include "rule/lent.h"

#include "coroutines/value_use.h"
#include "rule/late_use.h"
#include "rule/task_fate.h"

namespace corolint {

namespace {

// Is the coroutine longer there than the local?
bool is_past(const Pass& pass, const Function& function, const TaskFate& fate, const clang::VarDecl& local) {
  const bool is_let_go = fate.kind == TaskFate::started ||
                         (fate.container && !fate.container->getDeclContext()->isFunctionOrMethod());
  return is_let_go && outlives(pass, function, local, fate.at);
}

}  // namespace

const clang::Expr* lent_temporary(const clang::Expr* argument) {
  while (argument) {
    if (const auto* made = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(argument)) {
      const clang::CXXRecordDecl* record = made->getType()->getAsCXXRecordDecl();
      const bool is_view = record && is_borrowed(made->getType());
      if (made->getStorageDuration() != clang::SD_FullExpression) return nullptr;
      if (!is_view) return made;
      argument = made->getSubExpr();
      continue;
    }
    const auto* construction = llvm::dyn_cast<clang::CXXConstructExpr>(argument);
    const auto* conversion = llvm::dyn_cast<clang::CXXMemberCallExpr>(argument);
    if (const auto* cast = llvm::dyn_cast<clang::CastExpr>(argument))
      argument = cast->getSubExpr();
    else if (const auto* whole = llvm::dyn_cast<clang::FullExpr>(argument))
      argument = whole->getSubExpr();
    else if (const auto* bound = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(argument))
      argument = bound->getSubExpr();
    else if (construction && construction->getNumArgs() == 1)
      argument = construction->getArg(0);
    else if (conversion && llvm::isa_and_nonnull<clang::CXXConversionDecl>(conversion->getMethodDecl()))
      argument = conversion->getImplicitObjectArgument();
    else
      return nullptr;
  }
  return nullptr;
}

const clang::VarDecl* lent_local(const Function& function, const clang::Expr* argument, bool is_pointer) {
  const clang::Expr* object = made_from(argument);
  const auto* address = llvm::dyn_cast<clang::UnaryOperator>(object);
  if (is_pointer && !(address && address->getOpcode() == clang::UO_AddrOf)) return nullptr;
  if (is_pointer) object = bare(address->getSubExpr());
  if (const auto call = as_call(object);
      call && call->callee->isInStdNamespace() && call->arguments.size() == 1)
    object = bare(call->arguments.front());  // std::move
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(object);
  const auto* local = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
  if (!local || !local->hasLocalStorage() || local->getType()->isReferenceType()) return nullptr;
  const auto* owner = llvm::dyn_cast<clang::FunctionDecl>(local->getDeclContext());
  const bool is_own = owner && owner->getCanonicalDecl() == function.declaration().getCanonicalDecl();
  return is_own && (is_pointer || !is_borrowed(local->getType())) ? local : nullptr;
}

std::vector<Lent> lent_by(const Pass& pass, const Function& function, const Call& call) {
  const clang::FunctionDecl* callee = call.function();
  std::vector<Lent> lent;
  for (std::size_t i = 0; i < call.arguments.size() && i < callee->getNumParams(); ++i) {
    const clang::ParmVarDecl* parameter = callee->getParamDecl(static_cast<unsigned>(i));
    if (!is_borrowed(parameter->getType())) continue;
    const bool is_pointer = parameter->getType()->isPointerType();
    const clang::Expr* temporary = is_pointer ? nullptr : lent_temporary(call.arguments[i]);
    const clang::VarDecl* local = temporary ? nullptr : lent_local(function, call.arguments[i], is_pointer);
    if (temporary || local) lent.push_back({parameter, call.arguments[i], local});
  }
  if (lent.empty()) return lent;
  const TaskFate fate = fate_of(pass, function, call.expr, is_lazy(pass, call.expr->getType()));
  std::erase_if(lent, [&](const Lent& one) {
    return fate.kind == TaskFate::unknown || (one.local && !is_past(pass, function, fate, *one.local));
  });
  for (Lent& one : lent) one.lets_go = fate.at;
  return lent;
}

}  // namespace corolint
