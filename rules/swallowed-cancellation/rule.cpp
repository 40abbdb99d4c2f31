#include <algorithm>

#include "coroutines/flow.h"
#include "coroutines/loop.h"
#include "rule/pass.h"
#include "unit/class_search.h"
#include "unit/names.h"

namespace corolint {

namespace {

constexpr Message goes_on{
    "goes-on",
    "'{0}' also catches cancellation, and coroutine '{1}' goes on as if it had not been cancelled"};
constexpr Message goes_round{
    "goes-round", "'{0}' also catches cancellation, and the loop in coroutine '{1}' goes into another round"};

using Classes = std::vector<const clang::CXXRecordDecl*>;

bool says_cancelled(const clang::CXXRecordDecl& record) {
  const std::string name = record.getName().lower();
  return name.find("cancel") != std::string::npos || name.find("abort") != std::string::npos;
}

// A home-made task has no model; its cancellation is an exception class that says so in its name, or what a
// handler of that name catches.
Classes home_made_cancellations(const Pass& pass, const clang::CXXTryStmt& block) {
  Classes classes;
  each_class(pass.ast(), [&](const clang::CXXRecordDecl& record) {
    const auto names = class_names(pass.ast().getCanonicalTagType(&record));
    const bool is_exception = std::find(names.begin(), names.end(), "std::exception") != names.end();
    if (is_exception && says_cancelled(record)) classes.push_back(&record);
    return true;
  });
  for (unsigned i = 0; i < block.getNumHandlers(); ++i)
    if (const auto* caught = class_of(block.getHandler(i)->getCaughtType());
        caught && says_cancelled(*caught))
      classes.push_back(caught);
  return classes;
}

// Returns the exceptions by which cancellation arrives in `coroutine`.
Classes cancellations(const Pass& pass, const Function& coroutine, const clang::CXXTryStmt& block) {
  const Entry* task = pass.models().find(Role::task, coroutine.declaration().getReturnType());
  if (!task) return home_made_cancellations(pass, block);
  const std::string type = qualified_name(*class_of(coroutine.declaration().getReturnType()));
  Classes classes;
  for (const Entry* entry : pass.models().all(Role::cancel)) {
    if (entry->library != task->library || entry->match.kind != Kind::type) continue;
    if (!entry->tasks.empty() &&
        std::find(entry->tasks.begin(), entry->tasks.end(), type) == entry->tasks.end())
      continue;
    for (const std::string& name : entry->match.names)
      if (const auto* record = find_class(pass.ast(), name)) classes.push_back(record);
  }
  return classes;
}

bool catches(const clang::CXXCatchStmt& handler, const Classes& cancellations) {
  if (handler.getCaughtType().isNull()) return true;
  const clang::CXXRecordDecl* caught = class_of(handler.getCaughtType());
  return caught && std::any_of(cancellations.begin(), cancellations.end(), [&](const auto* cancellation) {
           return is_same_or_base(*caught, *cancellation);
         });
}

// Does the handler ask whether it was cancellation that it caught? Then its author has thought of it.
bool asks_for_cancellation(const Pass& pass, const Function& coroutine, const clang::CXXCatchStmt& handler) {
  const Models& models = pass.models();
  for (const auto* reference : coroutine.all<clang::DeclRefExpr>())
    if (coroutine.is_inside(reference, &handler) &&
        (models.find_object(Role::cancel, *reference->getDecl()) ||
         models.find_object(Role::cancel_aware, *reference->getDecl())))
      return true;
  return std::any_of(coroutine.calls().begin(), coroutine.calls().end(), [&](const Call& call) {
    return coroutine.is_inside(call.expr, &handler) && pass.find(Role::cancel_aware, call);
  });
}

// A code of the program's that is compared with: an enumerator or a constant.
bool is_code(const clang::Expr* expr) {
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(bare(expr));
  if (!reference) return false;
  const auto* variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
  return llvm::isa<clang::EnumConstantDecl>(reference->getDecl()) ||
         (variable && variable->hasGlobalStorage());
}

// Cancellation is no other error: `code == timed_out` is false for it, `code != end_of_stream` true. (A
// handler that names the code of cancellation is not judged at all.)
std::optional<bool> in_case_of_cancellation(const clang::Expr& condition) {
  const clang::Expr* expr = condition.IgnoreParenImpCasts();
  clang::BinaryOperatorKind kind;
  const clang::Expr *left = nullptr, *right = nullptr;
  if (const auto* rewritten = llvm::dyn_cast<clang::CXXRewrittenBinaryOperator>(expr)) {
    const auto form = rewritten->getDecomposedForm();
    std::tie(kind, left, right) = std::tuple(form.Opcode, form.LHS, form.RHS);
  } else if (const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(expr);
             operation && operation->isComparisonOp()) {
    std::tie(kind, left, right) =
        std::tuple(clang::BinaryOperator::getOverloadedOpcode(operation->getOperator()), operation->getArg(0),
                   operation->getArg(1));
  } else if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(expr)) {
    std::tie(kind, left, right) = std::tuple(binary->getOpcode(), binary->getLHS(), binary->getRHS());
  }
  if (!left || (!is_code(left) && !is_code(right))) return std::nullopt;
  if (kind == clang::BO_EQ) return false;
  return kind == clang::BO_NE ? std::optional(true) : std::nullopt;
}

// Returns the exception_ptr that the handler keeps the exception in, or null.
const clang::ValueDecl* kept_in(const Function& coroutine, const clang::CXXCatchStmt& handler) {
  for (const Call& call : coroutine.calls()) {
    const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(call.expr);
    if (!operation || operation->getOperator() != clang::OO_Equal ||
        !coroutine.is_inside(call.expr, &handler))
      continue;
    const auto names = class_names(operation->getArg(0)->getType());
    if (std::any_of(names.begin(), names.end(),
                    [](const auto& name) { return name.ends_with("exception_ptr"); }))
      return root_object(operation->getArg(0));
  }
  return nullptr;
}

// `error = std::current_exception()` in the handler, and a use of `error` after it: the exception is handed
// on.
bool is_kept(const Function& coroutine, const clang::CXXCatchStmt& handler) {
  const clang::ValueDecl* keeper = kept_in(coroutine, handler);
  return keeper && coroutine.flow()->reaches(
                       handler,
                       [&](const clang::Stmt* stmt) {
                         const auto* expr = llvm::dyn_cast<clang::Expr>(stmt);
                         const bool names_it = llvm::isa<clang::DeclRefExpr, clang::MemberExpr>(stmt) &&
                                               root_object(expr) == keeper;
                         return names_it && !coroutine.is_inside(stmt, &handler);
                       },
                       in_case_of_cancellation);
}

const Suspension* first_suspension_in(const Function& coroutine, const clang::Stmt* block) {
  for (const Suspension& suspension : coroutine.suspensions())
    if (!suspension.is_yield && coroutine.is_inside(suspension.expr, block)) return &suspension;
  return nullptr;
}

// Returns the suspension that the coroutine may come to after the handler, or null: then the work ends here.
const Suspension* next_suspension(const Function& coroutine, const clang::CXXCatchStmt& handler) {
  const Suspension* next = nullptr;
  const auto is_suspension = [&](const clang::Stmt* stmt) {
    for (const Suspension& suspension : coroutine.suspensions())
      if (suspension.expr == stmt) next = &suspension;
    return next != nullptr;
  };
  coroutine.flow()->reaches(handler, is_suspension, in_case_of_cancellation);
  return next;
}

std::string spelling(const clang::CXXCatchStmt& handler) {
  if (handler.getCaughtType().isNull()) return "catch (...)";
  return "catch (" + qualified_name(*class_of(handler.getCaughtType())) + ")";
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
