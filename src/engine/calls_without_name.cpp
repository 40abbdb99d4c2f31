#include "engine/calls_without_name.h"

#include <algorithm>

#include "coroutines/callable.h"
#include "coroutines/value_use.h"
#include "unit/made_object.h"
#include "unit/names.h"

namespace corolint {

namespace {

constexpr int deepest_member = 4;  // how far members of members are followed

// Adds the destructors with a body that the end of an object of the class runs: its own, its members', its
// bases'.
void add_destructors(const clang::CXXRecordDecl* record, const clang::Stmt* place, int depth,
                     std::vector<HiddenCall>& calls) {
  if (!record || !record->hasDefinition() || depth > deepest_member || record->hasTrivialDestructor()) return;
  const clang::CXXDestructorDecl* destructor = record->getDestructor();
  if (destructor && destructor->isUserProvided()) calls.push_back({destructor, place});
  for (const clang::CXXBaseSpecifier& base : record->bases())
    add_destructors(base.getType()->getAsCXXRecordDecl(), place, depth + 1, calls);
  for (const clang::FieldDecl* field : record->fields())
    if (field->getType()->isRecordType())
      add_destructors(field->getType()->getAsCXXRecordDecl(), place, depth + 1, calls);
}

void add_hooks(const clang::CoroutineSuspendExpr& suspend, std::vector<HiddenCall>& calls) {
  for (const clang::Expr* hook :
       {suspend.getReadyExpr(), suspend.getSuspendExpr(), suspend.getResumeExpr()}) {
    const clang::Expr* expr = hook ? hook->IgnoreImplicit() : nullptr;
    const auto* call = llvm::dyn_cast_or_null<clang::CallExpr>(expr);
    if (call && call->getDirectCallee()) calls.push_back({call->getDirectCallee(), &suspend});
  }
}

// Is the temporary an argument that the callee may move from, as `push_back(make())` and `push_back(co_await
// make())` do? What is left of it has nothing to end.
bool is_given_away(const Function& function, const clang::CXXBindTemporaryExpr& temporary) {
  const clang::Stmt* argument = &temporary;
  bool is_rvalue = false;
  const clang::Stmt* outer = function.parent(argument);
  for (; llvm::isa_and_nonnull<clang::MaterializeTemporaryExpr, clang::ImplicitCastExpr, clang::CoawaitExpr>(
           outer);
       outer = function.parent(outer)) {
    argument = outer;
    if (const auto* bound = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(outer))
      is_rvalue = !bound->isBoundToLvalueReference();
  }
  const auto call = llvm::isa_and_nonnull<clang::Expr>(outer) ? as_call(outer) : std::nullopt;
  return is_rvalue && call &&
         std::find(call->arguments.begin(), call->arguments.end(), argument) != call->arguments.end();
}

// Is the variable itself awaited: `co_await t`? What its destructor would wait for is over by then.
bool is_awaited_itself(const Function& function, const clang::VarDecl& variable) {
  return std::any_of(function.suspensions().begin(), function.suspensions().end(),
                     [&](const Suspension& suspension) {
                       return !suspension.is_yield && root_object(suspension.operand) == &variable;
                     });
}

// Is the variable moved away, to another object or out of the function? What is left of it has nothing to
// end.
bool is_moved_away(const Function& function, const clang::VarDecl& variable) {
  const auto names_it = [&](const clang::Expr* expr) {
    const auto* name = expr ? llvm::dyn_cast<clang::DeclRefExpr>(bare(expr)) : nullptr;
    return name && name->getDecl() == &variable;
  };
  return std::ranges::any_of(function.statements(), [&](const clang::Stmt* stmt) {
    if (const auto* call = llvm::dyn_cast<clang::CallExpr>(stmt); call && call->isCallToStdMove())
      return names_it(call->getArg(0));
    if (const auto* leave = llvm::dyn_cast<clang::ReturnStmt>(stmt))
      return leave->getRetValue() && names_it(made_from(leave->getRetValue()));
    const auto* leave = llvm::dyn_cast<clang::CoreturnStmt>(stmt);
    return leave && leave->getOperand() && names_it(made_from(leave->getOperand()));
  });
}

// Is the temporary a variable's first value, and so the variable itself?
bool becomes_variable(const Function& function, const clang::CXXBindTemporaryExpr& temporary) {
  const clang::VarDecl* variable = initialised_variable(function, &temporary);
  return variable && !variable->getType()->isReferenceType();
}

// Returns the local variable that is called: `work()` with `auto work = [] { … };`.
const clang::VarDecl* called_variable(const clang::Expr* called) {
  const auto* expr = llvm::dyn_cast<clang::CallExpr>(called);
  if (!expr) return nullptr;
  const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(expr);
  const clang::Expr* object = operation ? operation->getArg(0) : expr->getCallee();
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(bare(object));
  const auto* variable = reference ? llvm::dyn_cast<clang::VarDecl>(reference->getDecl()) : nullptr;
  return variable && variable->isLocalVarDecl() ? variable : nullptr;
}

// Returns the lambda or function that the called variable was made from, or null.
const clang::FunctionDecl* target_of_variable(const clang::Expr* call) {
  const clang::VarDecl* variable = called_variable(call);
  if (!variable || !variable->getInit()) return nullptr;
  const clang::Expr* made = initial_value(*variable);
  if (const auto* address = llvm::dyn_cast<clang::UnaryOperator>(made)) made = bare(address->getSubExpr());
  return callable_function(made);
}

}  // namespace

std::vector<HiddenCall> calls_without_name(const Function& function) {
  std::vector<HiddenCall> calls;
  for (const Call& call : function.calls())
    if (const auto* constructor = constructor_behind(call)) calls.push_back({constructor, call.expr});
  for (const clang::Stmt* stmt : function.statements()) {
    if (const auto* suspend = llvm::dyn_cast<clang::CoroutineSuspendExpr>(stmt)) add_hooks(*suspend, calls);
    if (const auto* call = llvm::dyn_cast<clang::CallExpr>(stmt); call && !call->getDirectCallee())
      if (const clang::FunctionDecl* target = target_of_variable(call)) calls.push_back({target, call});
    if (const auto* temporary = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(stmt);
        temporary && !becomes_variable(function, *temporary) && !is_given_away(function, *temporary))
      add_destructors(temporary->getType()->getAsCXXRecordDecl(), stmt, 0, calls);
    if (const auto* statement = llvm::dyn_cast<clang::DeclStmt>(stmt))
      for (const clang::Decl* decl : statement->decls())
        if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl);
            variable && variable->hasLocalStorage() && !is_awaited_itself(function, *variable) &&
            !is_moved_away(function, *variable))
          add_destructors(variable->getType()->getAsCXXRecordDecl(), stmt, 0, calls);
  }
  return calls;
}

const clang::FunctionDecl* called_function(const Call& call) {
  const clang::FunctionDecl* target = target_of_variable(call.expr);
  return target ? target : call.function();
}

}  // namespace corolint
