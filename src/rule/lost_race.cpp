#include "rule/lost_race.h"

#include "coroutines/local_scope.h"
#include "llvm/ADT/STLExtras.h"
#include "rule/handlers.h"
#include "rule/may_throw.h"
#include "rule/task_fate.h"

namespace corolint {

namespace {

// Does a template argument ask the others to end: `collectAny<Terminate>`?
bool signals_others(const Call& call) {
  const clang::FunctionDecl* callee = call.function();
  const auto* arguments = callee ? callee->getTemplateSpecializationArgs() : nullptr;
  return arguments && llvm::any_of(arguments->asArray(), [](const clang::TemplateArgument& one) {
           return one.getKind() == clang::TemplateArgument::Integral &&
                  one.getIntegralType()->isEnumeralType() && !one.getAsIntegral().isZero();
         });
}

}  // namespace

std::optional<LostRace> lost_race(const Pass& pass, const Function& function, const clang::Expr* work) {
  const auto* await = function.around<clang::CoawaitExpr>(work);
  for (const clang::Stmt* outer = await ? function.parent(work) : nullptr; outer && outer != await;
       outer = function.parent(outer)) {
    const auto call = llvm::isa<clang::Expr>(outer) ? as_call(outer) : std::nullopt;
    if (!call) continue;
    const Entry* timeout = pass.find(Role::timeout, *call);
    const Entry* combine = timeout ? nullptr : pass.find(Role::combine, *call);
    const Entry* race = timeout ? timeout : combine && combine->any ? combine : nullptr;
    if (race && !race->cancels && !signals_others(*call) && is_work(function, work, *call, *race))
      return LostRace{await,
                      timeout && pass.ast().hasSameUnqualifiedType(call->expr->getType(), work->getType())};
  }
  return std::nullopt;
}

bool ends_after(const Pass& pass, const Function& function, const LostRace& race,
                const clang::VarDecl& local) {
  const LocalScope scope(function, local);
  const clang::CXXTryStmt* block = race.throws ? try_around(function, race.await) : nullptr;
  while (block && !scope.holds(block)) block = try_around(function, block);
  return (race.throws && !block) || outlives(pass, function, local, race.await);
}

}  // namespace corolint
