#include "coroutines/promise.h"
#include "dropped.h"
#include "unit/names.h"

namespace corolint::discarded {

namespace {

bool does_nothing(const clang::CXXConstructorDecl& constructor) {
  const auto* body = llvm::dyn_cast_or_null<clang::CompoundStmt>(constructor.getBody());
  return constructor.isDefaulted() || (body && body->body_empty());
}

// Is it a member that nobody gives a value, and that is null by itself?
bool is_left_null(const clang::Expr* init) {
  if (llvm::isa<clang::ImplicitValueInitExpr>(init)) return true;
  const auto* by_default = llvm::dyn_cast<clang::CXXDefaultInitExpr>(init);
  return by_default &&
         llvm::isa<clang::CXXNullPtrLiteralExpr>(by_default->getExpr()->IgnoreUnlessSpelledInSource());
}

// Is `value` an object made from nothing, which no coroutine stands behind? Of a type that only its shape
// tells, the constructor must be seen to do nothing: it may make a finished task.
bool is_empty(const Pass& pass, const clang::Expr* value) {
  if (const auto* braces = llvm::dyn_cast<clang::InitListExpr>(value))
    return llvm::all_of(braces->inits(), is_left_null);
  const auto* made = llvm::dyn_cast<clang::CXXConstructExpr>(value);
  if (!made || !made->getConstructor()->isDefaultConstructor()) return false;
  return pass.models().find(Role::task, value->getType()) || does_nothing(*made->getConstructor());
}

// Returns what the function returns there: the arms of a `?:`, and what a local was made from that the
// function does nothing with but return it.
std::vector<const clang::Expr*> values_of(const Function& function, const clang::Expr* returned) {
  const clang::Expr* value = returned ? bare(returned) : nullptr;
  if (!value) return {};
  if (const auto* choice = llvm::dyn_cast<clang::ConditionalOperator>(value)) {
    auto values = values_of(function, choice->getTrueExpr());
    for (const clang::Expr* one : values_of(function, choice->getFalseExpr())) values.push_back(one);
    return values;
  }
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(value);
  const auto* local = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
  if (!local || !local->isLocalVarDecl() || local->isStaticLocal() || !local->getInit()) return {value};
  const auto names = function.all<clang::DeclRefExpr>();
  const bool is_left_alone =
      llvm::none_of(names, [&](const auto* one) { return one->getDecl() == local && one != name; });
  return is_left_alone ? std::vector{bare(local->getInit())} : std::vector{value};
}

// Can objects of the type differ? A task without members is the same whether a coroutine made it or not.
bool has_state(clang::QualType type) {
  const clang::CXXRecordDecl* record = class_of(type);
  return record && record->hasDefinition() && !record->isEmpty();
}

// Returns the body of that member of the awaiter, or null if it is not seen.
const clang::CompoundStmt* body_of(const clang::CXXRecordDecl& awaiter, llvm::StringRef name) {
  const clang::NamedDecl* member = find_member(awaiter, &awaiter.getASTContext().Idents.get(name));
  const clang::FunctionDecl* function = member ? member->getAsFunction() : nullptr;
  return function ? llvm::dyn_cast_or_null<clang::CompoundStmt>(function->getBody()) : nullptr;
}

// `!handle_`, `handle_ == nullptr`, or one of several that are joined by `||`?
bool asks_for_null(const clang::Expr* expr) {
  expr = bare(expr);
  if (const auto* both = llvm::dyn_cast<clang::BinaryOperator>(expr);
      both && both->getOpcode() == clang::BO_LOr)
    return asks_for_null(both->getLHS()) || asks_for_null(both->getRHS());
  if (const auto* negation = llvm::dyn_cast<clang::UnaryOperator>(expr))
    return negation->getOpcode() == clang::UO_LNot;
  const auto* compared = llvm::dyn_cast<clang::BinaryOperator>(expr);
  return compared && compared->getOpcode() == clang::BO_EQ &&
         llvm::isa<clang::CXXNullPtrLiteralExpr>(bare(compared->getRHS()));
}

// Is an empty object as good as a finished task: await_ready() lets it pass, and await_resume() takes nothing
// from it?
bool is_done_when_empty(clang::QualType type) {
  const clang::CXXRecordDecl* awaiter = class_of(type);
  const clang::CompoundStmt* ready = awaiter ? body_of(*awaiter, "await_ready") : nullptr;
  const clang::CompoundStmt* resume = ready ? body_of(*awaiter, "await_resume") : nullptr;
  const auto* answer =
      resume && ready->size() == 1 ? llvm::dyn_cast<clang::ReturnStmt>(ready->body_front()) : nullptr;
  return answer && answer->getRetValue() && resume->body_empty() && asks_for_null(answer->getRetValue());
}

// Does the coroutine that is about to begin ask for the object ([dcl.fct.def.coroutine])? Then it stands
// behind it.
bool makes_task_of_coroutine(const Function& function) {
  const clang::DeclarationName name = function.declaration().getDeclName();
  return name.isIdentifier() && name.getAsIdentifierInfo()->isStr("get_return_object");
}

}  // namespace

void check_empty(Pass& pass, const Function& function) {
  const clang::QualType type = function.declaration().getReturnType();
  if (function.is_coroutine() || function.is_pattern() || makes_task_of_coroutine(function)) return;
  if (!pass.models().find(Role::task, type) && !has_state(type)) return;
  const auto awaitable = pass.awaitable(type);
  const bool is_lazy_task =
      awaitable && awaitable->never_runs() && coroutine_type_shape(type, pass.ast()).type;
  if (!is_lazy_task || is_done_when_empty(type)) return;
  for (const auto* leave : function.all<clang::ReturnStmt>())
    for (const clang::Expr* value : values_of(function, leave->getRetValue())) {
      if (class_of(value->getType()) != class_of(type) || !is_empty(pass, value)) continue;
      pass.report(function, value, empty, {awaitable->word})
          .label("awaiting it is undefined or throws")
          .note(awaitable->evidence, "runs only for a coroutine")
          .help("make this function a coroutine and write 'co_return'");
    }
}

}  // namespace corolint::discarded
