#include "unit/call.h"

#include "clang/AST/DeclCXX.h"
#include "unit/standard_library.h"

namespace corolint {

namespace {

// Returns the arguments that the author wrote.
template <typename CallNode>
std::vector<const clang::Expr*> written_arguments(const CallNode& call) {
  std::vector<const clang::Expr*> arguments(call.arg_begin(), call.arg_end());
  while (!arguments.empty() && llvm::isa<clang::CXXDefaultArgExpr>(arguments.back())) arguments.pop_back();
  return arguments;
}

Call method_call(const clang::CXXMemberCallExpr& call) {
  return {&call, call.getMethodDecl(), call.getImplicitObjectArgument(), written_arguments(call)};
}

// `object(args)`: the function object's variable is what a library documents.
Call operator_call(const clang::CXXOperatorCallExpr& call) {
  Call result{&call, call.getDirectCallee(), nullptr, written_arguments(call)};
  if (llvm::isa_and_nonnull<clang::CXXMethodDecl>(result.callee)) result.receiver = call.getArg(0);
  if (call.getOperator() != clang::OO_Call) return result;
  result.arguments.erase(result.arguments.begin());
  const auto* object = llvm::dyn_cast<clang::DeclRefExpr>(bare(call.getArg(0)));
  const auto* variable = object ? llvm::dyn_cast<clang::VarDecl>(object->getDecl()) : nullptr;
  if (variable && variable->hasGlobalStorage()) result.callee = variable;
  return result;
}

// The object that `pointer->` or `*pointer` means when `->` or `*` is an overloaded operator.
const clang::Expr* dereferenced(const clang::CXXOperatorCallExpr& call) {
  const bool is_access = call.getOperator() == clang::OO_Arrow || call.getOperator() == clang::OO_Star ||
                         call.getOperator() == clang::OO_Subscript;
  return is_access ? call.getArg(0) : nullptr;
}

const clang::Expr* next_inwards(const clang::Expr* expr) {
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expr)) return unary->getSubExpr();
  if (const auto* subscript = llvm::dyn_cast<clang::ArraySubscriptExpr>(expr)) return subscript->getBase();
  if (const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(expr))
    if (const clang::Expr* object = dereferenced(*operation)) return object;
  if (const auto* construct = llvm::dyn_cast<clang::CXXConstructExpr>(expr))
    return construct->getNumArgs() == 1 ? construct->getArg(0) : nullptr;
  if (const auto call = as_call(expr)) return object_of(*call);
  return nullptr;
}

// A member names an object of its own; `entry->second` is known by what holds the pair, as all pairs of its
// type share that member.
bool names_object(const clang::ValueDecl& member) {
  return llvm::isa<clang::VarDecl>(member) ||
         (llvm::isa<clang::FieldDecl>(member) && !is_of_standard_library(member));
}

}  // namespace

clang::SourceRange Call::callee_name() const {
  const auto* call = llvm::dyn_cast<clang::CallExpr>(expr);
  return call && !llvm::isa<clang::CXXOperatorCallExpr>(call) ? call->getCallee()->getSourceRange()
                                                              : expr->getSourceRange();
}

std::optional<Call> as_call(const clang::Stmt* stmt) {
  std::optional<Call> result;
  if (const auto* member = llvm::dyn_cast_or_null<clang::CXXMemberCallExpr>(stmt)) {
    result = method_call(*member);
  } else if (const auto* operation = llvm::dyn_cast_or_null<clang::CXXOperatorCallExpr>(stmt)) {
    result = operator_call(*operation);
  } else if (const auto* call = llvm::dyn_cast_or_null<clang::CallExpr>(stmt)) {
    result = Call{call, call->getDirectCallee(), nullptr, written_arguments(*call)};
  } else if (const auto* made = llvm::dyn_cast_or_null<clang::CXXConstructExpr>(stmt)) {
    const clang::CXXConstructorDecl* constructor = made->getConstructor();
    if (made->isElidable() || constructor->isCopyOrMoveConstructor()) return std::nullopt;
    result = Call{made, constructor, nullptr, written_arguments(*made)};
  }
  return result && result->callee ? result : std::nullopt;
}

const clang::Expr* argument_at(const Call& call, int position) {
  const int count = static_cast<int>(call.arguments.size());
  if (position < 0) position += count;
  return position >= 0 && position < count ? call.arguments[static_cast<std::size_t>(position)] : nullptr;
}

const clang::Expr* bare(const clang::Expr* expr) {
  return expr ? expr->IgnoreUnlessSpelledInSource() : nullptr;
}

const clang::ValueDecl* root_object(const clang::Expr* expr) {
  while (expr) {
    expr = bare(expr);
    if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expr)) return reference->getDecl();
    if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(expr)) {
      if (names_object(*member->getMemberDecl())) return member->getMemberDecl();
      expr = member->getBase();
      continue;
    }
    expr = next_inwards(expr);
  }
  return nullptr;
}

const clang::Expr* object_of(const Call& call) {
  if (call.receiver) return call.receiver;
  return call.arguments.empty() ? nullptr : call.arguments.front();
}

}  // namespace corolint
