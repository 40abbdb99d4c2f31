#include "handler_outcome.h"

#include <algorithm>

#include "clang/AST/ExprCXX.h"
#include "logging.h"
#include "unit/class_search.h"
#include "unit/names.h"

namespace corolint::cancellation {

namespace {

// Is it a method that says what happened, or that says that nobody cares: `error.what()`,
// `future.ignore_ready_future()`?
bool only_tells(const clang::Expr& expr, const clang::Expr* object) {
  const auto* call = llvm::dyn_cast<clang::CallExpr>(&expr);
  const auto* member = call ? call->getCallee()->IgnoreParenImpCasts() : nullptr;
  const bool is_method = llvm::isa_and_nonnull<clang::MemberExpr, clang::CXXDependentScopeMemberExpr>(member);
  if (!is_method || !object) return false;
  const std::string name = called_name(*call);
  return name == "what" || name.starts_with("ignore");
}

bool is_caught_here(const Function& callable, const clang::Stmt* use, const Classes& exceptions) {
  const auto* block = callable.around<clang::CXXTryStmt>(use);
  if (!block || !callable.is_inside(use, block->getTryBlock())) return false;
  for (unsigned i = 0; i < block->getNumHandlers(); ++i)
    if (catches(*block->getHandler(i), exceptions)) return true;
  return false;
}

// Does nothing more happen to the error at this use of it than that somebody is shown it?
bool is_only_shown(const Function& callable, const clang::DeclRefExpr& use, const Classes& exceptions) {
  bool is_called = false;
  const clang::Stmt* inner = &use;
  const clang::Stmt* outer = callable.parent(inner);
  for (; llvm::isa_and_nonnull<clang::Expr>(outer); inner = outer, outer = callable.parent(inner)) {
    const auto& expr = *llvm::cast<clang::Expr>(outer);
    if (shows(expr)) return true;
    if (only_tells(expr, &use)) continue;
    is_called = is_called || llvm::isa<clang::CallExpr, clang::CXXConstructExpr>(expr);
  }
  if (is_called) return is_caught_here(callable, &use, exceptions);
  return !llvm::isa_and_nonnull<clang::ReturnStmt, clang::CoreturnStmt, clang::DeclStmt>(outer);
}

// Is what the function returns no more than "done": nothing, or a finished task or sender without a value?
bool says_done(const Pass& pass, const clang::Expr* value) {
  if (!value || value->getType()->isVoidType()) return true;
  const auto call = as_call(bare(value));
  const bool is_function = call && (!call->receiver || !call->function());  // or an object for one: `just()`
  const bool is_made_from_nothing = is_function && call->arguments.empty();
  return is_made_from_nothing && pass.awaitable(value->getType()) &&
         !pass.unit().is_project(call->callee->getLocation());
}

}  // namespace

bool takes_any_of(const clang::FunctionDecl& callable, const Classes& exceptions) {
  if (callable.getNumParams() != 1) return false;
  const clang::QualType type = callable.getParamDecl(0)->getType().getNonReferenceType();
  const clang::CXXRecordDecl* taken = class_of(type);
  if (!taken) return type->isDependentType() || type->getContainedDeducedType();
  const auto names = class_names(type);
  const bool is_exception = std::find(names.begin(), names.end(), "std::exception") != names.end();
  return !is_exception || std::any_of(exceptions.begin(), exceptions.end(), [&](const auto* exception) {
    return is_same_or_base(*taken, *exception);
  });
}

bool absorbs(const Pass& pass, const Function& callable, const Classes& exceptions,
             const Questions& questions) {
  const auto& statements = callable.statements();
  const bool speaks_up = std::any_of(statements.begin(), statements.end(), [&](const clang::Stmt* stmt) {
    const auto call = as_call(stmt);
    const auto* leave = llvm::dyn_cast<clang::ReturnStmt>(stmt);
    const auto* co_leave = llvm::dyn_cast<clang::CoreturnStmt>(stmt);
    return llvm::isa<clang::CXXThrowExpr, clang::CoyieldExpr>(stmt) || questions.asks(stmt) ||
           (call && call->function() && call->function()->isNoReturn()) ||
           (leave && !says_done(pass, leave->getRetValue())) ||
           (co_leave && !says_done(pass, co_leave->getOperand()));
  });
  const auto uses = callable.all<clang::DeclRefExpr>();
  return !speaks_up && std::all_of(uses.begin(), uses.end(), [&](const clang::DeclRefExpr* use) {
    const auto* parameter = llvm::dyn_cast<clang::ParmVarDecl>(use->getDecl());
    const bool is_own = parameter && parameter->getDeclContext() == &callable.declaration();
    return !is_own || is_only_shown(callable, *use, exceptions);
  });
}

}  // namespace corolint::cancellation
