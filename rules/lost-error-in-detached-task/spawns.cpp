#include <algorithm>

#include "clang/AST/ExprCXX.h"
#include "coroutines/callable.h"
#include "coroutines/value_use.h"
#include "lost.h"
#include "rule/body.h"
#include "rule/waiting.h"
#include "throwing.h"
#include "unit/names.h"

namespace corolint::lost_errors {

namespace {

// Is the last argument a handler that takes the exception and never looks at it? What a completion handler,
// which is not the work itself, gets first is the exception, or a Try with it, also if its parameter's type
// is deduced.
bool ignores_exception(const Call& call, const Entry& spawn) {
  const clang::Expr* handler = argument_at(call, -1);
  const clang::FunctionDecl* body = handler ? callable_function(made_from(handler)) : nullptr;
  if (!body || body->getNumParams() == 0 || !body->hasBody()) return false;
  const clang::ParmVarDecl* first = body->getParamDecl(0);
  const clang::CXXRecordDecl* record = class_of(first->getType());
  const clang::Expr* work = spawn.work ? argument_at(call, *spawn.work) : call.receiver;
  const bool is_deduced = first->getType()->isDependentType() && work && work != handler;
  const bool is_exception = record && record->getIdentifier() &&
                            (record->getName() == "exception_ptr" || record->getName() == "Try");
  return (is_deduced || is_exception) && !first->isReferenced();
}

// What becomes of an exception of the work that the call starts.
Unobserved end_of_exceptions(const Call& call, const Entry& spawn) {
  if (spawn.unobserved != Unobserved::unknown) return spawn.unobserved;
  return ignores_exception(call, spawn) ? Unobserved::lost : Unobserved::unknown;
}

const clang::Expr* work_of(const Call& call, const Entry& spawn) {
  if (spawn.work) return argument_at(call, *spawn.work);
  return call.receiver ? call.receiver : call.expr;
}

// Returns the body of the callable that is no coroutine, though it may return one, or null.
const Function* plain_body(const Pass& pass, const clang::Expr* work) {
  const clang::FunctionDecl* body = work ? callable_function(made_from(work)) : nullptr;
  if (body && llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(body->getBody())) return nullptr;
  return body ? body_of(pass, *body) : nullptr;
}

FindingBuilder describe(FindingBuilder finding, const std::string& work, bool is_lost) {
  return finding
      .label(is_lost ? "what is started here drops its exception: the work ends without a trace"
                     : "nobody awaits what is started here, and its exception calls std::terminate")
      .help("catch and report it in '" + work + "', or start it with a handler that looks at the exception");
}

// `std::thread(f)` is written as a cast when there is one argument; a thread may have a name.
const clang::Expr* constructed(const clang::Expr* object) {
  object = bare(object);
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(object);
  const auto* variable = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
  if (variable && variable->isLocalVarDecl() && variable->getInit()) object = bare(variable->getInit());
  const auto* cast = llvm::dyn_cast<clang::CXXFunctionalCastExpr>(object);
  return cast ? bare(cast->getSubExpr()) : object;
}

void keep_for(Pass& pass, const clang::FunctionDecl& coroutine) {
  export_record(pass, "unseen", Unseen{definition_key(pass, coroutine), pass.take_kept().back()});
}

}  // namespace

void check_spawns(Pass& pass, const Function& function) {
  for (const Call& call : function.calls()) {
    const Entry* spawn = call.function() ? pass.find(Role::spawn, call) : nullptr;
    if (!spawn || spawn->start == Start::lazy) continue;
    const Unobserved end = end_of_exceptions(call, *spawn);
    if (end != Unobserved::lost && end != Unobserved::terminate) continue;
    if (!call.expr->getType()->isVoidType() && value_use(function, call.expr) == ValueUse::used) continue;
    const bool is_lost = end == Unobserved::lost;
    const clang::Expr* work = work_of(call, *spawn);
    const Function* body = plain_body(pass, work);
    if (const clang::Stmt* source = body ? source_in(pass, *body) : nullptr) {
      const std::string name = display_name(body->declaration());
      describe(pass.report(function, call.expr, is_lost ? lost : fatal, {name}), name, is_lost)
          .note(source, "thrown here");
    } else if (const clang::FunctionDecl* coroutine = coroutine_behind(pass, work)) {
      if (pass.is_suppressed(call.expr)) continue;
      const std::string name = display_name(*coroutine);
      describe(pass.keep(function, call.expr->getSourceRange(), is_lost ? lost : fatal, {name}), name,
               is_lost);
      keep_for(pass, *coroutine);
    }
  }
}

void check_threads(Pass& pass, const Function& function) {
  if (!function.is_coroutine()) return;
  for (const Call& call : function.calls()) {
    if (!call.receiver || !call.callee->getIdentifier() || call.callee->getName() != "detach") continue;
    const auto made = as_call(constructed(call.receiver));
    const Entry* spawn = made && made->is_construction() ? pass.find(Role::spawn, *made) : nullptr;
    const clang::Expr* work = spawn && spawn->work ? argument_at(*made, *spawn->work) : nullptr;
    const Function* body = plain_body(pass, work);
    const clang::Stmt* source = body ? source_in(pass, *body) : nullptr;
    if (!source) continue;
    pass.report(function, call.expr, fatal, {display_name(body->declaration())})
        .label("nobody joins the thread, and an exception that leaves it calls std::terminate")
        .note(source, "such an exception may come from here")
        .help("catch it in the thread, or run the work where it can be awaited");
  }
}

void check_races(Pass& pass, const Function& function) {
  for (const Call& call : function.calls()) {
    const Entry* combine = call.arguments.size() == 2 ? pass.find(Role::combine, call) : nullptr;
    const auto* await = combine ? function.around<clang::CoawaitExpr>(call.expr) : nullptr;
    if (!await || !combine->any || combine->unobserved != Unobserved::lost) continue;
    if (value_use(function, await) == ValueUse::used) continue;
    for (int side = 0; side < 2; ++side) {
      const clang::FunctionDecl* coroutine =
          coroutine_behind(pass, call.arguments[static_cast<std::size_t>(side)]);
      const clang::Expr* other = call.arguments[static_cast<std::size_t>(1 - side)];
      if (!coroutine || !waits_for(pass, function, "timer", other) || pass.is_suppressed(await)) continue;
      pass.keep(function, call.expr->getSourceRange(), race,
                {display_name(*coroutine), call.callee->getNameAsString()})
          .label("comes to its end with a success of either side: if the timer is one, the error is gone")
          .help("look at which side has ended, and catch the exception in '" + display_name(*coroutine) +
                "'");
      keep_for(pass, *coroutine);
    }
  }
}

}  // namespace corolint::lost_errors
