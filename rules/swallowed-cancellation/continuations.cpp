#include "continuations.h"

#include <algorithm>

#include "coroutines/callable.h"
#include "coroutines/flow.h"
#include "coroutines/value_use.h"
#include "endings.h"
#include "handler_outcome.h"
#include "own_cancellation.h"
#include "rule/body.h"
#include "sources.h"
#include "stop_flags.h"
#include "unit/names.h"

namespace corolint::cancellation {

namespace {

constexpr int deepest_nesting = 4;  // how far the future of a lambda is followed outwards

// What follows the expression whose cancellation was absorbed.
struct Aftermath {
  const clang::Stmt* next = nullptr;  // what runs after it all the same
  const Function* ends = nullptr;     // or the function that ends with it
};

Aftermath aftermath(const Pass& pass, const Function& function, const clang::Expr* expr, int depth);

// Does the call run its work again and again, until that fails?
bool is_endless(const Pass& pass, const clang::CallExpr* expr) {
  const auto call = as_call(expr);
  const Entry* loop = call ? pass.find(Role::callback, *call) : nullptr;
  return loop && loop->is_endless;
}

// The future that a lambda returns is that of the call that runs it: `with_gate(gate, [] { return work();
// })`.
Aftermath aftermath_of_lambda(const Pass& pass, const Function& lambda, int depth) {
  if (depth > deepest_nesting) return {};
  for (const Function& outer : pass.functions())
    for (const auto* expr : outer.all<clang::LambdaExpr>()) {
      if (!is_body_of(lambda, *expr)) continue;
      const clang::Stmt* around = outer.parent(expr);
      while (llvm::isa_and_nonnull<clang::Expr>(around) && !llvm::isa<clang::CallExpr>(around))
        around = outer.parent(around);
      const auto* call = llvm::dyn_cast_or_null<clang::CallExpr>(around);
      if (!call || !pass.awaitable(call->getType())) return {};
      return is_endless(pass, call) ? Aftermath{call, nullptr} : aftermath(pass, outer, call, depth + 1);
    }
  return {};
}

// Does the continuation look at a flag of the program's own, such as `stopped_`, to end there?
bool ends_by_own_flag(const Pass& pass, const Call& call, const Entry& continuation) {
  const clang::Expr* work = continuation.work ? argument_at(call, *continuation.work) : nullptr;
  const clang::FunctionDecl* callable = work ? callable_function(bare(work)) : nullptr;
  const Function* body = callable ? body_of(pass, *callable) : nullptr;
  if (!body) return false;
  const auto returns = body->all<clang::ReturnStmt>();
  return !exits_by_own_flag(*body, nullptr).empty() ||
         std::any_of(returns.begin(), returns.end(),
                     [&](const clang::ReturnStmt* leave) { return !own_flags(*body, leave).empty(); });
}

Aftermath after_await(const Function& coroutine, const clang::Expr* await) {
  if (!coroutine.is_coroutine() || !coroutine.flow()) return {};
  for (const Suspension& suspension : coroutine.suspensions())
    if (coroutine.flow()->may_follow(await, suspension.expr)) return {suspension.expr, nullptr};
  return {nullptr, &coroutine};
}

// Follows the value of `expr` outwards: along its chain, through what only wraps it, to the await or the
// return.
Aftermath aftermath(const Pass& pass, const Function& function, const clang::Expr* expr, int depth) {
  const clang::Stmt* outer = function.parent(expr);
  for (; llvm::isa_and_nonnull<clang::Expr>(outer); outer = function.parent(outer)) {
    if (llvm::isa<clang::CoawaitExpr>(outer)) return after_await(function, llvm::cast<clang::Expr>(outer));
    const auto call = as_call(outer);
    if (!call) continue;
    const bool is_chained = call->receiver && bare(call->receiver) == bare(expr);
    const Entry* run = is_chained ? pass.find(Role::callback, *call) : nullptr;
    if (run && !run->quiet && !pass.find(Role::as_value, *call))
      return ends_by_own_flag(pass, *call, *run) ? Aftermath{} : Aftermath{call->expr, nullptr};
    if (!pass.awaitable(call->expr->getType())) return {};
    expr = call->expr;
  }
  if (!llvm::isa_and_nonnull<clang::ReturnStmt, clang::CoreturnStmt>(outer)) return {};
  return function.is_lambda() ? aftermath_of_lambda(pass, function, depth) : Aftermath{nullptr, &function};
}

void report(Pass& pass, const Function& function, const Call& call, clang::SourceRange at,
            const Aftermath& after, Level level, const Arrival& arrival) {
  const std::string handler = qualified_name(*call.callee);
  if (after.ends) return keep_chain_ending(pass, *after.ends, at, {handler, after.ends->name()}, arrival);
  if (!after.next) return;
  auto finding = arrival.is_sure ? pass.report(function, at, chain_goes_on, {handler, function.name()})
                                 : pass.keep(function, at, chain_goes_on, {handler, function.name()});
  finding.label("the cancellation ends here: whoever cancelled the work waits for it in vain")
      .note(after.next, "goes on to here")
      .help("let cancellation out: hand the error on if it is one, and handle the others")
      .level(level);
  if (!arrival.is_sure) leave_to_sources(pass, arrival);
}

// Returns where a finding stands: at the callable, without its body.
clang::SourceRange place_of(const Call& call, const clang::Expr* handler) {
  const auto* lambda = handler ? llvm::dyn_cast<clang::LambdaExpr>(bare(handler)) : nullptr;
  if (lambda) return lambda->getIntroducerRange();
  return handler ? handler->getSourceRange() : call.expr->getSourceRange();
}

// Does the expression end something, which is what a cancellation is for: `stream.close()`?
bool is_end(const clang::Expr* expr) {
  const auto call = expr ? as_call(bare(expr)) : std::nullopt;
  const clang::IdentifierInfo* name = call ? call->callee->getIdentifier() : nullptr;
  return name && (name->getName() == "close" || name->getName() == "stop" || name->getName() == "shutdown");
}

// A handler of errors in a chain of futures.
void check_error_handler(Pass& pass, const Function& function, const Call& call, const clang::Expr* handler,
                         const Classes& exceptions, const Questions& questions) {
  const clang::FunctionDecl* callable = callable_function(bare(handler));
  const Function* body = callable ? body_of(pass, *callable) : nullptr;
  if (!body || is_end(call.receiver)) return;
  if (!takes_any_of(*callable, exceptions) || !absorbs(pass, *body, exceptions, questions)) return;
  const clang::CXXRecordDecl* taken = class_of(callable->getParamDecl(0)->getType());
  const bool is_named = std::find(exceptions.begin(), exceptions.end(), taken) != exceptions.end();
  Arrival arrival = arrival_at(pass, function, {call.receiver}, call.expr->getType(), is_named);
  arrival.counts_unknown = true;  // whoever handles the errors of one call expects some of it
  report(pass, function, call, place_of(call, handler), aftermath(pass, function, call.expr, 0),
         is_named ? Level::warning : Level::note, arrival);
}

bool is_unread(const Function& coroutine, const Suspension& suspension) {
  if (value_use(coroutine, suspension.expr) != ValueUse::used) return true;
  const clang::VarDecl* variable = initialised_variable(coroutine, suspension.expr);
  return variable && !variable->isReferenced();
}

// Does the awaited expression end the work itself, by a timer or by a source of the coroutine's own?
bool ends_work_itself(const Pass& pass, const Function& coroutine, const Suspension& suspension) {
  return is_own(pass, coroutine, suspension) ||
         std::any_of(coroutine.calls().begin(), coroutine.calls().end(), [&](const Call& call) {
           if (!coroutine.is_inside(call.expr, suspension.operand)) return false;
           const Entry* combinator = pass.find(Role::combine, call);
           return pass.find(Role::timeout, call) || (combinator && combinator->any);
         });
}

// An adaptor that gives a value where the work was stopped: `work() | upon_stopped([] {})`.
void check_stopped(Pass& pass, const Function& coroutine, const Call& call, const Entry& entry,
                   const Questions& questions) {
  for (const Suspension& suspension : coroutine.suspensions()) {
    if (!coroutine.is_inside(call.expr, suspension.operand)) continue;
    const clang::Expr* handler = entry.work ? argument_at(call, *entry.work) : nullptr;
    const clang::FunctionDecl* callable = handler ? callable_function(bare(handler)) : nullptr;
    const Function* body = callable ? body_of(pass, *callable) : nullptr;
    const bool is_silent =
        handler ? body && absorbs(pass, *body, {}, questions) : is_unread(coroutine, suspension);
    if (is_silent && !ends_work_itself(pass, coroutine, suspension))
      report(pass, coroutine, call, place_of(call, handler), after_await(coroutine, suspension.expr),
             Level::warning, {.is_sure = true});
    return;
  }
}

// Does the library cancel through a completion of its own, and never by an exception?
bool has_stopped_channel(const Pass& pass, const Entry& entry) {
  const auto entries = pass.models().all(Role::cancel);
  const auto has = [&](Kind kind) {
    return std::any_of(entries.begin(), entries.end(), [&](const Entry* cancel) {
      return cancel->library == entry.library && cancel->match.kind == kind;
    });
  };
  return has(Kind::object) && !has(Kind::type);
}

}  // namespace

void check_continuations(Pass& pass, const Function& function, const Questions& questions) {
  for (const Call& call : function.calls()) {
    const Entry* entry = pass.find(Role::as_value, call);
    if (!entry || (call.receiver && is_kept_work(pass, call.receiver))) continue;
    const clang::Expr* handler = entry->work ? argument_at(call, *entry->work) : nullptr;
    if (const auto exceptions = cancellations_of(pass, call.expr->getType());
        exceptions && !exceptions->empty() && handler)
      check_error_handler(pass, function, call, handler, *exceptions, questions);
    else if (function.is_coroutine() && has_stopped_channel(pass, *entry))
      check_stopped(pass, function, call, *entry, questions);
  }
}

}  // namespace corolint::cancellation
