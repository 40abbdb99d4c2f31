#include "rule/may_throw.h"

#include <algorithm>
#include <array>

#include "clang/AST/DeclTemplate.h"
#include "coroutines/suspends.h"

namespace corolint {

namespace {

bool is_known_nothrow(const clang::Expr* resume) {
  const auto* call = llvm::dyn_cast_or_null<clang::CallExpr>(resume ? resume->IgnoreImplicit() : nullptr);
  const clang::FunctionDecl* callee = call ? call->getDirectCallee() : nullptr;
  const auto* type = callee ? callee->getType()->getAs<clang::FunctionProtoType>() : nullptr;
  return type && !clang::isUnresolvedExceptionSpec(type->getExceptionSpecType()) && type->isNothrow();
}

// Is a token that makes errors a value left out, as the default of the object's type?
bool has_such_default(const Pass& pass, const clang::Expr* expr) {
  const auto* call = llvm::dyn_cast<clang::CallExpr>(expr);
  return call && std::any_of(call->arg_begin(), call->arg_end(), [&](const clang::Expr* argument) {
           return llvm::isa<clang::CXXDefaultArgExpr>(argument) &&
                  pass.models().find(Role::as_value, argument->getType());
         });
}

// Does a part of the operand, a call, a token or its object, make errors a value?
bool has_value_for_errors(const Pass& pass, const Function& function, const clang::Expr* operand) {
  const auto is_one = [&](const clang::Expr* expr) {
    const auto call = as_call(expr);
    if (call && (pass.find(Role::as_value, *call) || has_such_default(pass, expr))) return true;
    const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(expr);
    if (name && pass.models().find_object(Role::as_value, *name->getDecl())) return true;
    return expr->getType()->isRecordType() && pass.models().find(Role::as_value, expr->getType());
  };
  const auto parts = function.all<clang::Expr>();
  return std::any_of(parts.begin(), parts.end(), [&](const clang::Expr* part) {
    return function.is_inside(part, operand) && is_one(part);
  });
}

// A wait for a timer, a signal, its turn or other work of the program's own only fails when somebody cancels
// it.
bool waits_for_own(const Pass& pass, const Function& function, const clang::Expr* operand) {
  const Entry* task = pass.models().find(Role::task, operand->getType());
  if (task && task->subject == "event") return true;
  return std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& call) {
    const Entry* wait = function.is_inside(call.expr, operand) ? pass.find(Role::io_wait, call) : nullptr;
    return wait && (wait->subject == "timer" || wait->subject == "event" || wait->subject == "wait");
  });
}

// Is the type, by its name or its methods, one that tells of a failure: an error code, a status, an expected?
bool tells_of_failure(clang::QualType type) {
  const auto* tag = type.getNonReferenceType()->getAsTagDecl();
  if (!tag) return false;
  constexpr std::array words = {"errc", "error", "status"};
  if (std::any_of(words.begin(), words.end(),
                  [&](const char* word) { return tag->getName().contains_insensitive(word); }))
    return true;
  const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(tag);
  constexpr std::array methods = {"error", "hasError", "hasException", "has_error", "has_exception"};
  return record && record->hasDefinition() &&
         std::any_of(record->method_begin(), record->method_end(), [&](const auto* method) {
           return method->getIdentifier() &&
                  std::find(methods.begin(), methods.end(), method->getName()) != methods.end();
         });
}

// Is the result, or one of a pair or tuple, such a type? Then a failure of the operation is one.
bool results_in_failure(clang::QualType type) {
  const auto* made =
      llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(type->getAsCXXRecordDecl());
  if (!made || !made->isInStdNamespace() || (made->getName() != "pair" && made->getName() != "tuple"))
    return tells_of_failure(type);
  std::vector<clang::TemplateArgument> elements;
  for (const clang::TemplateArgument& one : made->getTemplateArgs().asArray())
    if (one.getKind() == clang::TemplateArgument::Pack)
      elements.insert(elements.end(), one.pack_begin(), one.pack_end());
    else
      elements.push_back(one);
  return std::any_of(elements.begin(), elements.end(), [](const clang::TemplateArgument& one) {
    return one.getKind() == clang::TemplateArgument::Type && tells_of_failure(one.getAsType());
  });
}

}  // namespace

bool may_throw(const Pass& pass, const Function& function, const Suspension& suspension) {
  return may_pass_on(pass, function, suspension) && !results_in_failure(suspension.expr->getType());
}

bool may_pass_on(const Pass& pass, const Function& function, const Suspension& suspension) {
  if (suspension.is_yield || !may_suspend(suspension)) return false;
  const bool is_whole = function.is_stackful() || llvm::isa<clang::CoawaitExpr>(suspension.expr);
  return is_whole && !throws_nothing(pass, function, suspension) &&
         !waits_for_own(pass, function, suspension.operand);
}

bool throws_nothing(const Pass& pass, const Function& function, const Suspension& suspension) {
  const auto* await = llvm::dyn_cast<clang::CoawaitExpr>(suspension.expr);
  if (!await && !function.is_stackful()) return false;
  return is_known_nothrow(await ? await->getResumeExpr() : suspension.expr) ||
         has_value_for_errors(pass, function, suspension.operand);
}

const clang::CXXTryStmt* try_around(const Function& function, const clang::Stmt* stmt) {
  const clang::Stmt* inner = stmt;
  for (const clang::Stmt* outer = function.parent(stmt); outer; inner = outer, outer = function.parent(outer))
    if (const auto* block = llvm::dyn_cast<clang::CXXTryStmt>(outer))
      if (block->getTryBlock() == inner && block->getNumHandlers() > 0) return block;
  return nullptr;
}

}  // namespace corolint
