#include "rule/late_use.h"

#include <algorithm>
#include <ranges>

#include "clang/AST/DeclTemplate.h"
#include "coroutines/suspends.h"
#include "rule/body.h"
#include "rule/handlers.h"
#include "unit/type_argument.h"

namespace corolint {

namespace {

bool is_use(const clang::Stmt* stmt, const clang::ParmVarDecl* parameter) {
  if (!parameter) return llvm::isa<clang::CXXThisExpr>(stmt);
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(stmt);
  return name && name->getDecl() == parameter;
}

// Clang knows the views of the standard library for such, and what others mark [[gsl::Pointer]].
bool is_marked_view(const clang::CXXRecordDecl& record) {
  const auto* made = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  return record.hasAttr<clang::PointerAttr>() ||
         (made && made->getSpecializedTemplate()->getTemplatedDecl()->hasAttr<clang::PointerAttr>());
}

// Is it a class for callables of one signature whose objects own none, or they would have to end it?
bool refers_to_callable(const clang::CXXRecordDecl& record) {
  const clang::QualType signature = type_argument(&record);
  return !signature.isNull() && signature->isFunctionType() && !record.isEmpty();
}

// The array behind a braced list ends with the expression; one of constants may be kept for good.
bool is_list_of_objects(const clang::CXXRecordDecl& record) {
  const clang::QualType element = type_argument(&record);
  return !element.isNull() && record.isInStdNamespace() && record.getName() == "initializer_list" &&
         element->isRecordType();
}

constexpr int most_functions = 8;  // that hand a parameter on

LateUse late_use_in(const Pass& pass, const clang::FunctionDecl& callee, const clang::ParmVarDecl* parameter,
                    int left);

// Is the parameter, or the object that the function is called on, what the expression names?
bool names(const clang::Expr* expr, const clang::ParmVarDecl* parameter) {
  return expr && is_use(bare(expr), parameter);
}

// Returns how `call`, whose result a function returns, uses what it is handed on.
LateUse use_by_call(const Pass& pass, const Call& call, const clang::ParmVarDecl* parameter, int left) {
  const clang::FunctionDecl* callee = call.function();
  if (!callee || !pass.awaitable(call.expr->getType())) return {};
  if (names(call.receiver, parameter)) return late_use_in(pass, *callee, nullptr, left);
  for (unsigned i = 0; i < call.arguments.size() && i < callee->getNumParams(); ++i) {
    const clang::ParmVarDecl* next = callee->getParamDecl(i);
    if (names(call.arguments[i], parameter) && is_borrowed(next->getType()))
      return late_use_in(pass, *callee, next, left);
  }
  return {};
}

// Does the lambda refer to what the parameter does, or to the object that the function is called on?
bool captures(const clang::LambdaExpr& lambda, const clang::ParmVarDecl* parameter) {
  return std::ranges::any_of(lambda.captures(), [&](const clang::LambdaCapture& capture) {
    if (!parameter) return capture.getCaptureKind() == clang::LCK_This;
    const bool is_same = capture.capturesVariable() && capture.getCapturedVar() == parameter;
    return is_same && (capture.getCaptureKind() == clang::LCK_ByRef || parameter->getType()->isPointerType());
  });
}

// A plain function uses its parameters late where it returns what others go on to do with them.
LateUse use_in_what_is_returned(const Pass& pass, const Function& function,
                                const clang::ParmVarDecl* parameter, int left) {
  // In a lambda `this` is the object that it captured, and not the closure.
  if (!left || (!parameter && function.is_lambda()) ||
      !pass.awaitable(function.declaration().getReturnType()))
    return {};
  for (const auto* leave : function.all<clang::ReturnStmt>()) {
    for (const Call& call : function.calls()) {
      if (!function.is_inside(call.expr, leave)) continue;
      if (const LateUse use = use_by_call(pass, call, parameter, left - 1); use.kind == LateUse::yes)
        return {LateUse::yes, call.expr};
    }
    for (const auto* lambda : function.all<clang::LambdaExpr>())
      if (function.is_inside(lambda, leave) && captures(*lambda, parameter) &&
          continuation_of(pass, function, *lambda))
        return {LateUse::yes, lambda};
  }
  return {};
}

LateUse late_use_in(const Pass& pass, const clang::FunctionDecl& callee, const clang::ParmVarDecl* parameter,
                    int left) {
  const Function* body = body_of(pass, callee);
  if (!body) return {callee.getDefinition() ? LateUse::no : LateUse::unknown};
  if (parameter) parameter = body->declaration().getParamDecl(parameter->getFunctionScopeIndex());
  if (!llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(callee.getDefinition()->getBody()))
    return use_in_what_is_returned(pass, *body, parameter, left);
  const bool is_any = is_lazy(pass, callee.getReturnType());
  for (const clang::Stmt* stmt : body->statements())
    if (is_use(stmt, parameter) && (is_any || suspension_before(*body, stmt))) return {LateUse::yes, stmt};
  return {};
}

}  // namespace

bool is_lazy(const Pass& pass, clang::QualType type) {
  const auto awaitable = pass.awaitable(type);
  return awaitable ? awaitable->never_runs() : coroutine_type_shape(type, pass.ast()).is_lazy.value_or(false);
}

bool is_borrowed(clang::QualType type) {
  if (type->isReferenceType()) return true;
  if (type->isPointerType()) return !type->getPointeeType()->isFunctionType();
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  return record && record->hasDefinition() && record->hasTrivialDestructor() &&
         (is_marked_view(*record) || refers_to_callable(*record) || is_list_of_objects(*record));
}

LateUse late_use(const Pass& pass, const clang::FunctionDecl& callee, const clang::ParmVarDecl* parameter) {
  return late_use_in(pass, callee, parameter, most_functions);
}

}  // namespace corolint
