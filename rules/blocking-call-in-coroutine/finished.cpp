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

// Returns the name of what the call makes or calls: `when_all`, `WaitForAny`.
llvm::StringRef combinator_name(const Call& call) {
  const clang::NamedDecl* named = call.callee;
  if (const auto* constructor = llvm::dyn_cast_or_null<clang::CXXConstructorDecl>(named))
    named = constructor->getParent();
  const clang::IdentifierInfo* name = named ? named->getIdentifier() : nullptr;
  return name ? name->getName() : llvm::StringRef();
}

// Does what the await gave say that the call is made: `switch (co_await first) { case 0: one.get(); }`?
bool is_chosen_by(const Function& coroutine, const Suspension& suspension, const clang::Stmt* call) {
  const clang::VarDecl* result = initialised_variable(coroutine, suspension.expr);
  for (const clang::Stmt* outer = call; outer; outer = coroutine.parent(outer)) {
    const auto* branch = llvm::dyn_cast<clang::IfStmt>(outer);
    const auto* choice = llvm::dyn_cast<clang::SwitchStmt>(outer);
    const clang::Expr* asked = branch ? branch->getCond() : choice ? choice->getCond() : nullptr;
    if (asked &&
        (coroutine.is_inside(suspension.expr, asked) || (result && mentions(coroutine, asked, result))))
      return true;
  }
  return false;
}

// Returns the call that the expression is, also one that makes an object from a single other one: no
// conversion is looked through.
std::optional<Call> call_as_written(const clang::Expr& expr) {
  const clang::Expr* written = expr.IgnoreImplicit();
  if (const auto* cast = llvm::dyn_cast<clang::CXXFunctionalCastExpr>(written))
    written = cast->getSubExpr()->IgnoreImplicit();
  return as_call(written);
}

// Has the work of `object` ended where `asked` is called, after the await: `co_await object`, `co_await
// when_all(object)`, `when_all both(object, other); co_await both;`? Of several, the first that ended is
// told.
bool ends_with(const Function& coroutine, const Suspension& suspension, const clang::ValueDecl* object,
               const clang::Stmt* asked) {
  const clang::ValueDecl* awaited = root_object(suspension.operand);
  if (awaited == object) return true;
  const auto* local = llvm::dyn_cast_or_null<clang::VarDecl>(awaited);
  const bool is_made_before = local && local->isLocalVarDecl() && local->getInit();
  const auto call = call_as_written(is_made_before ? *local->getInit() : *suspension.operand);
  if (!call || !mentions(coroutine, call->expr, object)) return false;
  const llvm::StringRef name = combinator_name(*call);
  return name.ends_with_insensitive("all") ||
         (name.ends_with_insensitive("any") && is_chosen_by(coroutine, suspension, asked));
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
          return one.operand && ends_with(coroutine, one, object, call.expr) &&
                 coroutine.flow()->always_before(one.expr, call.expr);
        }))
      export_record(pass, "after-end", AfterEnd{pass.unit().place_of(call.expr->getSourceRange())});
  }
}

Finished::Finished(const Program& program) {
  for (const AfterEnd& call : records_of<AfterEnd>(program, "after-end")) calls_.insert(call.place);
}

}  // namespace corolint::blocking
