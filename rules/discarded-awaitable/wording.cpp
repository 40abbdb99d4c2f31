#include "dropped.h"
#include "unit/names.h"

namespace corolint::discarded {

std::string short_name(const std::string& name) {
  return name.substr(name.rfind(':') + 1);
}

std::string what_happens(const Awaitable& awaitable) {
  const std::string type = "'" + short_name(awaitable.name) + "' ";
  if (awaitable.never_runs()) return type + "is lazy: nothing starts until it is awaited";
  if (awaitable.drop == Drop::cancel) return type + "is cancelled when it is dropped";
  if (awaitable.drop == Drop::terminate) return type + "ends the program when it is dropped before its end";
  if (awaitable.drop == Drop::block) return type + "blocks the thread here until it is done";
  return type + "goes on by itself: its end and its error are lost";
}

std::string what_evidence_shows(const Awaitable& awaitable) {
  return awaitable.never_runs() ? "suspends before the body starts" : "starts the body at once";
}

std::string remedy(const Function& function) {
  if (function.is_coroutine()) return "write 'co_await' before it";
  return "make this function a coroutine and await it, or hand it to what runs it (a scope, a spawn "
         "function)";
}

std::string callee_name(const clang::Expr* expr) {
  if (const auto* choice = llvm::dyn_cast<clang::ConditionalOperator>(expr)) expr = choice->getTrueExpr();
  const auto call = as_call(bare(expr));
  return call ? qualified_name(*call->callee) : "the expression";
}

bool is_tolerated(const Awaitable& awaitable, ValueUse use) {
  if (awaitable.discard == Discard::ok) return true;
  return use == ValueUse::dropped_on_purpose && !awaitable.never_runs();
}

}  // namespace corolint::discarded
