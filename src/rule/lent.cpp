#include "rule/lent.h"

#include "coroutines/value_use.h"
#include "rule/late_use.h"
#include "rule/lost_race.h"
#include "rule/runs_past.h"
#include "rule/task_fate.h"
#include "rule/viewed_owner.h"

namespace corolint {

const clang::Expr* lent_temporary(const Function& function, const clang::Expr* argument) {
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
    else if (const auto* list = llvm::dyn_cast<clang::CXXStdInitializerListExpr>(argument))
      argument = list->getSubExpr();
    else if (construction && construction->getNumArgs() == 1)
      argument = construction->getArg(0);
    else if (const clang::Expr* owner = viewed_owner(function, argument))
      argument = owner;
    else if (conversion && llvm::isa_and_nonnull<clang::CXXConversionDecl>(conversion->getMethodDecl()) &&
             !conversion->getType()->isPointerType())  // what that leads to, others may own
      argument = conversion->getImplicitObjectArgument();
    else
      return nullptr;
  }
  return nullptr;
}

std::vector<Lent> lent_by(const Pass& pass, const Function& function, const Call& call) {
  const clang::FunctionDecl* callee = call.function();
  std::vector<Lent> lent;
  for (std::size_t i = 0; i < call.arguments.size() && i < callee->getNumParams(); ++i) {
    const clang::ParmVarDecl* parameter = callee->getParamDecl(static_cast<unsigned>(i));
    if (!is_borrowed(parameter->getType())) continue;
    const bool is_pointer = parameter->getType()->isPointerType();
    const clang::Expr* temporary = lent_temporary(function, call.arguments[i]);
    const clang::VarDecl* local = temporary ? nullptr : lent_local(function, call.arguments[i], is_pointer);
    if (temporary || local) lent.push_back({parameter, call.arguments[i], local});
  }
  if (lent.empty()) return lent;
  const bool lazy = is_lazy(pass, call.expr->getType());
  const TaskFate fate = fate_of(pass, function, call.expr, lazy);
  const TaskFate last = last_fate_of(pass, function, call.expr, lazy);
  const auto race = fate.kind == TaskFate::unknown ? lost_race(pass, function, call.expr) : std::nullopt;
  const auto runs_on = [&](const Lent& one) {
    if (race) return !one.local || ends_after(pass, function, *race, *one.local);
    return one.local ? runs_past(pass, function, last, *one.local, lazy) : fate.kind != TaskFate::unknown;
  };
  std::erase_if(lent, [&](const Lent& one) { return !runs_on(one); });
  for (Lent& one : lent) {
    one.is_raced = race.has_value();
    one.lets_go = race ? race->await : one.local ? last.at : fate.at;
  }
  return lent;
}

}  // namespace corolint
