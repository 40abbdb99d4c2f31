#include "throwing.h"

#include <algorithm>
#include <set>

#include "coroutines/callable.h"
#include "coroutines/value_use.h"
#include "plain_throw.h"
#include "rule/may_throw.h"

namespace corolint::lost_errors {

namespace {

// Is what is awaited there an operation of a library that fails when a peer or the system does?
bool awaits_operation(const Pass& pass, const Function& function, const Suspension& suspension) {
  return std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& call) {
    return function.is_inside(call.expr, suspension.operand) && pass.find(Role::io_wait, call);
  });
}

bool is_project_coroutine(const Pass& pass, const clang::FunctionDecl* callee) {
  if (!callee || !pass.unit().is_project(callee->getLocation())) return false;
  const clang::QualType type = callee->getReturnType();
  return type->isRecordType() && (coroutine_type_shape(type, pass.ast()).type || pass.awaitable(type));
}

const clang::FunctionDecl* called_coroutine(const Pass& pass, const clang::Expr* expr) {
  const auto call = expr ? as_call(made_from(expr)) : std::nullopt;
  const clang::FunctionDecl* callee = call ? call->function() : nullptr;
  return is_project_coroutine(pass, callee) ? callee : nullptr;
}

}  // namespace

const clang::Stmt* source_in(const Pass& pass, const Function& function) {
  for (const auto* stmt : function.all<clang::CXXThrowExpr>())
    if (!try_around(function, stmt)) return stmt;
  for (const Suspension& suspension : function.suspensions())
    if (may_throw(pass, function, suspension) && awaits_operation(pass, function, suspension) &&
        !try_around(function, suspension.expr))
      return suspension.expr;
  for (const Call& call : function.calls())
    if (const auto* thrown = thrown_by(pass, call); thrown && !try_around(function, call.expr)) return thrown;
  return nullptr;
}

void export_exceptions(Pass& pass, const Function& coroutine) {
  const std::string key = definition_key(pass, coroutine.declaration());
  if (const clang::Stmt* at = source_in(pass, coroutine)) {
    const bool is_throw = llvm::isa<clang::CXXThrowExpr>(at);
    export_record(pass, "throws",
                  Throws{key, Note{pass.unit().place_of(at->getSourceRange()),
                                   is_throw ? "thrown here" : "throws here when the operation fails"}});
    return;
  }
  std::set<std::string> callees;
  for (const Suspension& suspension : coroutine.suspensions()) {
    if (!may_pass_on(pass, coroutine, suspension) || try_around(coroutine, suspension.expr)) continue;
    for (const Call& call : coroutine.calls())
      if (coroutine.is_inside(call.expr, suspension.operand) && is_project_coroutine(pass, call.function()))
        callees.insert(definition_key(pass, *call.function()));
  }
  for (const std::string& callee : callees) export_record(pass, "passes-on", PassesOn{key, callee});
}

namespace {

// What a library's function is given to start: `co_withExecutor(executor, task())`.
const clang::FunctionDecl* given_coroutine(const Pass& pass, const clang::Expr* work) {
  const auto call = as_call(made_from(work));
  if (!call || pass.find(Role::as_value, *call)) return nullptr;
  for (const clang::Expr* argument : call->arguments)
    if (const clang::FunctionDecl* given = called_coroutine(pass, argument)) return given;
  return nullptr;
}

}  // namespace

const clang::FunctionDecl* coroutine_behind(const Pass& pass, const clang::Expr* work) {
  if (!work) return nullptr;
  if (const clang::FunctionDecl* called = called_coroutine(pass, work)) return called;
  if (const clang::FunctionDecl* given = given_coroutine(pass, work)) return given;
  const clang::FunctionDecl* callable = callable_function(made_from(work));
  if (!callable) return nullptr;
  if (llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(callable->getBody())) return callable;
  if (is_project_coroutine(pass, callable) && !callable->getDefinition()) return callable;
  const auto* block = llvm::dyn_cast_or_null<clang::CompoundStmt>(callable->getBody());
  const auto* leave =
      block && block->size() == 1 ? llvm::dyn_cast<clang::ReturnStmt>(*block->body_begin()) : nullptr;
  return leave ? called_coroutine(pass, leave->getRetValue()) : nullptr;
}

}  // namespace corolint::lost_errors
