#include "after_handler.h"
#include "cancellations.h"
#include "coroutines/flow.h"
#include "unit/names.h"

namespace corolint {

using namespace cancellation;

namespace {

constexpr Message goes_on{
    "goes-on",
    "'{0}' also catches cancellation, and coroutine '{1}' goes on as if it had not been cancelled"};
constexpr Message goes_round{
    "goes-round", "'{0}' also catches cancellation, and the loop in coroutine '{1}' goes into another round"};

const Suspension* first_suspension_in(const Function& coroutine, const clang::Stmt* block) {
  for (const Suspension& suspension : coroutine.suspensions())
    if (!suspension.is_yield && coroutine.is_inside(suspension.expr, block)) return &suspension;
  return nullptr;
}

void report(Pass& pass, const Function& coroutine, const clang::CXXTryStmt& block,
            const clang::CXXCatchStmt& handler, const Suspension& suspended, const Suspension& next,
            const Classes& cancellations) {
  const bool is_round = coroutine.is_inside(next.expr, block.getTryBlock());
  const clang::SourceRange at(handler.getBeginLoc(),
                              handler.getHandlerBlock()->getBeginLoc().getLocWithOffset(-1));
  const std::string what = cancellations.empty() ? "a cancellation, whatever its type,"
                                                 : "'" + qualified_name(*cancellations.front()) + "'";
  pass.report(coroutine, at, is_round ? goes_round : goes_on, {spelling(handler), coroutine.name()})
      .label(what + " ends here: whoever cancelled the coroutine waits for it in vain")
      .note(suspended.expr, "cancellation arrives here")
      .note(is_round ? nullptr : next.expr, "the coroutine goes on to here")
      .help("let cancellation out: rethrow it, or end the coroutine in this handler")
      .level(cancellations.empty() ? Level::note : Level::warning);
}

void check_try(Pass& pass, const Function& coroutine, const clang::CXXTryStmt& block) {
  const Suspension* suspended = first_suspension_in(coroutine, block.getTryBlock());
  if (!suspended) return;
  const Classes classes = cancellations(pass, coroutine, block);
  for (unsigned i = 0; i < block.getNumHandlers(); ++i) {
    const clang::CXXCatchStmt& handler = *block.getHandler(i);
    if (!catches(handler, classes)) continue;
    const Suspension* next = next_suspension(coroutine, handler);
    if (next && !asks_for_cancellation(pass, coroutine, handler) && !is_kept(coroutine, handler))
      report(pass, coroutine, block, handler, *suspended, *next, classes);
    return;  // no later handler sees cancellation
  }
}

void check(Pass& pass) {
  for (const Function* coroutine : pass.coroutines())
    if (coroutine->flow())
      for (const auto* block : coroutine->all<clang::CXXTryStmt>()) check_try(pass, *coroutine, *block);
}

}  // namespace

Rule swallowed_cancellation() {
  return {.check = check, .messages = {goes_on, goes_round}, .level = Level::warning, .cwe = 390};
}

}  // namespace corolint
