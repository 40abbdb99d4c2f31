#include "throwing.h"

#include <algorithm>
#include <set>

#include "coroutines/callable.h"
#include "coroutines/caught.h"
#include "coroutines/value_use.h"
#include "plain_throw.h"
#include "rule/may_throw.h"
#include "thrown.h"
#include "unit/names.h"

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

std::vector<const clang::CXXCatchStmt*> handlers_around(const Function& function, const clang::Stmt* stmt) {
  std::vector<const clang::CXXCatchStmt*> handlers;
  for (const auto* block = try_around(function, stmt); block; block = try_around(function, block))
    for (unsigned i = 0; i < block->getNumHandlers(); ++i) handlers.push_back(block->getHandler(i));
  return handlers;
}

bool is_caught(const Function& function, const Source& source) {
  const auto handlers = handlers_around(function, source.at);
  return std::any_of(handlers.begin(), handlers.end(), [&](const clang::CXXCatchStmt* handler) {
    return !source.exception || catches(*handler, {source.exception});
  });
}

// Returns the class of what is thrown. A mistake in the program has none: to handle any error is enough
// there.
const clang::CXXRecordDecl* class_thrown(const clang::CXXThrowExpr& thrown) {
  const bool is_known = thrown.getSubExpr() && !tells_of_mistake(thrown);
  return is_known ? class_of(thrown.getSubExpr()->getType()) : nullptr;
}

// Returns what the handlers around catch, by name; nothing if one of them catches all.
std::optional<std::vector<std::string>> caught_around(const Function& function, const clang::Stmt* stmt) {
  std::vector<std::string> caught;
  for (const clang::CXXCatchStmt* handler : handlers_around(function, stmt)) {
    if (handler->getCaughtType().isNull()) return std::nullopt;
    const clang::CXXRecordDecl* record = class_of(handler->getCaughtType());
    caught.push_back(record ? qualified_name(*record) : "");
  }
  return caught;
}

}  // namespace

std::vector<Source> sources_in(const Pass& pass, const Function& function) {
  std::vector<Source> sources;
  for (const auto* stmt : function.all<clang::CXXThrowExpr>())
    if (!tells_of_cancellation(pass, *stmt)) sources.push_back({stmt, class_thrown(*stmt)});
  for (const Suspension& suspension : function.suspensions())
    if (may_throw(pass, function, suspension) && awaits_operation(pass, function, suspension))
      sources.push_back({suspension.expr, nullptr});
  for (const Call& call : function.calls())
    if (pass.find(Role::throws, call)) sources.push_back({call.expr, nullptr});
  std::erase_if(sources, [&](const Source& source) { return is_caught(function, source); });
  for (const Call& call : function.calls())
    if (const auto* thrown = thrown_by(pass, call);
        thrown && !is_caught(function, {call.expr, class_thrown(*thrown)}))
      sources.push_back({thrown, class_thrown(*thrown)});
  return sources;
}

const clang::Stmt* source_in(const Pass& pass, const Function& function) {
  const auto sources = sources_in(pass, function);
  return sources.empty() ? nullptr : sources.front().at;
}

void export_exceptions(Pass& pass, const Function& coroutine) {
  const std::string key = definition_key(pass, coroutine.declaration());
  std::set<const clang::CXXRecordDecl*> thrown;
  for (const Source& source : sources_in(pass, coroutine)) {
    if (!thrown.insert(source.exception).second) continue;
    const bool is_throw = llvm::isa<clang::CXXThrowExpr>(source.at);
    auto classes = source.exception ? class_names(pass.ast().getCanonicalTagType(source.exception))
                                    : std::vector<std::string>();
    export_record(pass, "throws",
                  Throws{key, std::move(classes),
                         Note{pass.unit().place_of(source.at->getSourceRange()),
                              is_throw ? "thrown here" : "throws here when the operation fails"}});
  }
  for (const Suspension& suspension : coroutine.suspensions()) {
    const auto caught = caught_around(coroutine, suspension.expr);
    if (!caught || !may_pass_on(pass, coroutine, suspension)) continue;
    for (const Call& call : coroutine.calls())
      if (coroutine.is_inside(call.expr, suspension.operand) && is_project_coroutine(pass, call.function()))
        export_record(pass, "passes-on", PassesOn{key, definition_key(pass, *call.function()), *caught});
  }
}

namespace {

// What a library's function is given to start, `co_withExecutor(executor, task())`, or a method of the task
// hands on, `task().via(executor)`.
const clang::FunctionDecl* given_coroutine(const Pass& pass, const clang::Expr* work) {
  const auto call = as_call(made_from(work));
  if (!call || pass.find(Role::as_value, *call)) return nullptr;
  std::vector<const clang::Expr*> given = call->arguments;
  if (call->receiver && pass.awaitable(call->expr->getType())) given.push_back(call->receiver);
  for (const clang::Expr* one : given)
    if (const clang::FunctionDecl* coroutine = called_coroutine(pass, one)) return coroutine;
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
