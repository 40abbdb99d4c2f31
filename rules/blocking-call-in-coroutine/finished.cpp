#include "finished.h"

#include <algorithm>

#include "coroutines/flow.h"
#include "coroutines/value_use.h"
#include "rule/record.h"

namespace corolint::blocking {

// A call on work that was awaited before.
struct AfterEnd {
  Place place;
};
RULE_RECORD(AfterEnd, place)

namespace {

// Does the name of what the call makes or calls say that it ends when all that it was given has ended:
// `when_all`, `WaitForAll`?
bool waits_for_all(const Call& call) {
  const clang::NamedDecl* named = call.callee;
  if (const auto* constructor = llvm::dyn_cast_or_null<clang::CXXConstructorDecl>(named))
    named = constructor->getParent();
  const clang::IdentifierInfo* name = named ? named->getIdentifier() : nullptr;
  return name && name->getName().ends_with_insensitive("all");
}

// Returns the call that the expression is, also one that makes an object from a single other one: no
// conversion is looked through.
std::optional<Call> call_as_written(const clang::Expr& expr) {
  const clang::Expr* written = expr.IgnoreImplicit();
  if (const auto* cast = llvm::dyn_cast<clang::CXXFunctionalCastExpr>(written))
    written = cast->getSubExpr()->IgnoreImplicit();
  return as_call(written);
}

// Has the work of `object` ended when the await is over: `co_await object`, `co_await when_all(object)`,
// `when_all both(object, other); co_await both;`?
bool ends_with(const Function& coroutine, const Suspension& suspension, const clang::ValueDecl* object) {
  const clang::ValueDecl* awaited = root_object(suspension.operand);
  if (awaited == object) return true;
  const auto* local = llvm::dyn_cast_or_null<clang::VarDecl>(awaited);
  const bool is_made_before = local && local->isLocalVarDecl() && local->getInit();
  const auto call = call_as_written(is_made_before ? *local->getInit() : *suspension.operand);
  return call && waits_for_all(*call) && mentions(coroutine, call->expr, object);
}

}  // namespace

void export_finished(Pass& pass, const Function& coroutine) {
  if (!coroutine.flow()) return;
  for (const Call& call : coroutine.calls()) {
    const auto* object =
        call.receiver ? llvm::dyn_cast_or_null<clang::VarDecl>(root_object(call.receiver)) : nullptr;
    if (!object || !call.function() || !pass.unit().is_project(call.function()->getLocation())) continue;
    const auto& suspensions = coroutine.suspensions();
    if (std::any_of(suspensions.begin(), suspensions.end(), [&](const Suspension& one) {
          return one.operand && ends_with(coroutine, one, object) &&
                 coroutine.flow()->always_before(one.expr, call.expr);
        }))
      export_record(pass, "after-end", AfterEnd{pass.unit().place_of(call.expr->getSourceRange())});
  }
}

Finished::Finished(const Program& program) {
  for (const AfterEnd& call : records_of<AfterEnd>(program, "after-end")) calls_.insert(call.place);
}

}  // namespace corolint::blocking
