#include "coroutines/callable.h"
#include "dropped.h"
#include "unit/names.h"

namespace corolint::discarded {

namespace {

// The call or construction whose value `expr` is; of a `?:`, of its first arm.
std::optional<Call> call_in(const clang::Expr* expr) {
  if (const auto* choice = llvm::dyn_cast<clang::ConditionalOperator>(expr)) expr = choice->getTrueExpr();
  return as_call(bare(expr));
}

// Is the call the end of a chain that handles its error: `.handle_exception([](auto) { … })`? What runs by
// itself loses nothing then.
bool sees_to_its_errors(const Pass& pass, const Call& call) {
  const Entry* handler = pass.find(Role::as_value, call);
  return handler && handler->work;
}

// Returns the name of what the call runs at once and hands on the result of: `f` for `std::invoke(f, 1)`;
// empty if it does no such thing, or if it has no name.
std::string invoked_name(const Pass& pass, const Call& call) {
  const Entry* now = pass.find(Role::now, call);
  const clang::Expr* callable =
      now && now->work && !now->drops_result ? argument_at(call, *now->work) : nullptr;
  if (!callable) return {};
  const clang::FunctionDecl* function = stored_function(callable);
  const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(function);
  if (function && !(method && method->getParent()->isLambda())) return qualified_name(*function);
  if (const clang::ValueDecl* object = root_object(callable)) return object->getNameAsString();
  return function ? display_name(*function) : "";
}

// Does the call play the part of the language, which asks the promise where to suspend?
bool asks_promise(const Call& call) {
  const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(call.callee);
  if (!method || !method->getIdentifier()) return false;
  return method->getName() == "initial_suspend" || method->getName() == "final_suspend";
}

}  // namespace

std::optional<Awaitable> must_await(const Pass& pass, const clang::Expr* expr) {
  const auto call = call_in(expr);
  auto awaitable = pass.awaitable(value_type(expr));
  const Entry* made = call && !awaitable ? pass.find(Role::task, *call) : nullptr;
  if (made) {  // a type that only what some functions return must not drop: the future of std::async
    const clang::CXXRecordDecl* record = class_of(expr->getType());
    awaitable =
        Awaitable{record ? record->getNameAsString() : "task", made->start, made->drop, made->discard};
  }
  if (!awaitable || awaitable->discard == Discard::ok) return std::nullopt;
  if (call && (pass.find(Role::detach_ok, *call) || asks_promise(*call))) return std::nullopt;
  if (call && !awaitable->never_runs() && sees_to_its_errors(pass, *call)) return std::nullopt;
  return awaitable;
}

std::string what_happens(const Awaitable& awaitable) {
  const std::string type = "'" + awaitable.word + "' ";
  if (awaitable.is_operation()) return type + "is an operation: what 'co_await' does for it is left out";
  if (awaitable.never_runs()) return type + "is lazy: nothing starts until it is awaited";
  if (awaitable.drop == Drop::cancel) return type + "is cancelled when it is dropped";
  if (awaitable.drop == Drop::cancel_wait)
    return type + "is cancelled when it is dropped, and the drop waits for its end";
  if (awaitable.drop == Drop::terminate || awaitable.drop == Drop::assert_fails)
    return type + "ends the program when it is dropped before its end";
  if (awaitable.drop == Drop::destroy)
    return type + "destroys its coroutine when it is dropped: the work ends where it is suspended";
  if (awaitable.drop == Drop::block) return type + "blocks the thread here until it is done";
  return type + "goes on by itself: its end and its error are lost";
}

std::string what_evidence_shows(const Awaitable& awaitable) {
  return awaitable.never_runs() ? "suspends before the body starts" : "starts the body at once";
}

std::string remedy(const Function& function, const Awaitable& awaitable) {
  if (awaitable.drop == Drop::block)
    return "hand the work to a thread pool, or keep what it returns and ask it later";
  if (function.is_coroutine()) return "write 'co_await' before it";
  return "make this function a coroutine and await it, or hand it to what runs it (a scope, a spawn "
         "function)";
}

std::string callee_name(const Pass& pass, const clang::Expr* expr) {
  const auto call = call_in(expr);
  if (call) {
    if (std::string invoked = invoked_name(pass, *call); !invoked.empty()) return invoked;
  }
  // A lambda is called by the name of its variable.
  const auto* closure =
      call && call->receiver && class_of(call->receiver->getType()) ? root_object(call->receiver) : nullptr;
  if (closure && class_of(call->receiver->getType())->isLambda()) return closure->getNameAsString();
  if (call && !call->is_construction()) return qualified_name(*call->callee);
  const clang::CXXRecordDecl* record = class_of(expr->getType());
  return record && !expr->isTypeDependent() ? qualified_name(*record) : "the expression";
}

bool takes_lock(const Pass& pass, const clang::Expr* expr) {
  const auto call = call_in(expr);
  const Entry* lock = call ? pass.find(Role::lock, *call) : nullptr;
  return lock && !lock->is_thread_lock;
}

Level level_of(const Awaitable& awaitable) {
  return awaitable.discard == Discard::review && !awaitable.never_runs() ? Level::note : Level::error;
}

bool is_tolerated(const Awaitable& awaitable, ValueUse use) {
  return use == ValueUse::dropped_on_purpose && !awaitable.never_runs();
}

}  // namespace corolint::discarded
