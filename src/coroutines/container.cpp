#include "coroutines/container.h"

#include "coroutines/promise.h"
#include "coroutines/value_use.h"
#include "llvm/ADT/StringSwitch.h"

namespace corolint {

namespace {

bool is_adding(llvm::StringRef method) {
  return method.starts_with("push") || method.starts_with("emplace") || method.starts_with("insert") ||
         method == "try_emplace" || method == "add";
}

bool is_neutral(llvm::StringRef method) {
  return llvm::StringSwitch<bool>(method)
      .Cases({"size", "empty", "clear", "reserve", "capacity", "shrink_to_fit"}, true)
      .Default(false);
}

llvm::StringRef method_name(const clang::CXXMemberCallExpr& call) {
  const auto* method = call.getMethodDecl();
  return method && method->getIdentifier() ? method->getName() : "";
}

// Returns what stands around the name, through parentheses and conversions that nobody wrote.
const clang::Stmt* around_name(const Function& function, const clang::Stmt* name) {
  const clang::Stmt* outer = function.parent(name);
  while (llvm::isa_and_nonnull<clang::ParenExpr, clang::ImplicitCastExpr>(outer))
    outer = function.parent(outer);
  return outer;
}

// The call `name.method(…)`, or null.
const clang::CXXMemberCallExpr* call_on(const Function& function, const clang::Stmt* outer) {
  if (!llvm::isa_and_nonnull<clang::MemberExpr>(outer)) return nullptr;
  const auto* call = llvm::dyn_cast_or_null<clang::CXXMemberCallExpr>(around_name(function, outer));
  return call && call->getCallee()->IgnoreParens() == outer ? call : nullptr;
}

ContainerUse use_by_operator(const Function& function, const clang::CXXOperatorCallExpr& operation,
                             const clang::Expr* name) {
  if (bare(operation.getArg(0)) != bare(name)) return {};
  if (operation.getOperator() == clang::OO_Subscript) {
    const auto* outer = llvm::dyn_cast_or_null<clang::CXXOperatorCallExpr>(around_name(function, &operation));
    return outer && outer->getOperator() == clang::OO_Equal ? use_by_operator(function, *outer, &operation)
                                                            : ContainerUse{};
  }
  if (operation.getOperator() != clang::OO_Equal || value_use(function, &operation) == ValueUse::used)
    return {};
  return {ContainerUse::added_to, {operation.getArg(1)}};
}

}  // namespace

const clang::ValueDecl* container_added_to(const Function& function, const clang::Expr* expr) {
  const clang::Stmt* outer = function.parent(expr);
  for (; llvm::isa_and_nonnull<clang::Expr>(outer); outer = function.parent(outer)) {
    if (llvm::isa<clang::CoroutineSuspendExpr, clang::DependentCoawaitExpr>(outer)) return nullptr;
    if (const auto* call = llvm::dyn_cast<clang::CXXMemberCallExpr>(outer))
      return is_adding(method_name(*call)) ? root_object(call->getImplicitObjectArgument()) : nullptr;
  }
  return nullptr;
}

bool is_container(const clang::CXXRecordDecl& record) {
  const auto has = [&](llvm::StringRef name) {
    return find_member(record, &record.getASTContext().Idents.get(name)) != nullptr;
  };
  return has("begin") && has("end") && has("size") && has("empty");
}

ContainerUse container_use(const Function& function, const clang::Expr* name) {
  const clang::Stmt* outer = around_name(function, name);
  if (const auto* operation = llvm::dyn_cast_or_null<clang::CXXOperatorCallExpr>(outer))
    return use_by_operator(function, *operation, name);
  const clang::CXXMemberCallExpr* call = call_on(function, outer);
  if (!call || !(is_adding(method_name(*call)) || is_neutral(method_name(*call)))) return {};
  if (is_neutral(method_name(*call))) return {ContainerUse::neutral, {}};
  if (value_use(function, call) == ValueUse::used) return {};
  return {ContainerUse::added_to, {call->arg_begin(), call->arg_end()}};
}

}  // namespace corolint
