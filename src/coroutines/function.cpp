#include "coroutines/function.h"

#include "clang/AST/ASTContext.h"
#include "coroutines/children.h"
#include "coroutines/flow.h"
#include "coroutines/generator.h"
#include "llvm/ADT/STLExtras.h"
#include "unit/names.h"

namespace corolint {

namespace {

std::optional<Suspension> as_suspension(const clang::Stmt* stmt) {
  if (const auto* suspend = llvm::dyn_cast<clang::CoroutineSuspendExpr>(stmt))
    return Suspension{suspend, suspend->getOperand(), llvm::isa<clang::CoyieldExpr>(suspend)};
  if (const auto* await = llvm::dyn_cast<clang::DependentCoawaitExpr>(stmt))
    return Suspension{await, await->getOperand(), false};
  return std::nullopt;
}

const clang::Stmt* written_body(const clang::FunctionDecl& declaration) {
  const clang::Stmt* body = declaration.getBody();
  const auto* coroutine = llvm::dyn_cast_or_null<clang::CoroutineBodyStmt>(body);
  return coroutine ? coroutine->getBody() : body;
}

}  // namespace

Function::Function(const clang::FunctionDecl& declaration)
    : declaration_(&declaration), body_(written_body(declaration)) {
  if (const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&declaration))
    for (const clang::CXXCtorInitializer* init : constructor->inits())
      if (init->isWritten()) collect(init->getInit(), nullptr);
  if (body_) collect(body_, nullptr);
  is_coroutine_ = llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(declaration.getBody()) &&
                  !is_synchronous_generator(*this);
}

Function::~Function() = default;
Function::Function(Function&&) noexcept = default;
Function& Function::operator=(Function&&) noexcept = default;

void Function::collect(const clang::Stmt* stmt, const clang::Stmt* parent) {
  parents_[stmt] = parent;
  statements_.push_back(stmt);
  if (auto call = as_call(stmt)) calls_.push_back(std::move(*call));
  if (auto suspension = as_suspension(stmt)) suspensions_.push_back(*suspension);
  for (const clang::Stmt* child : written_children(*stmt)) collect(child, stmt);
}

void Function::look_for_stack(llvm::function_ref<bool(clang::QualType)> suspends) {
  // A template that takes any token, and is given one of these, hands it on and waits for nothing itself.
  const clang::FunctionDecl* pattern = declaration_->getTemplateInstantiationPattern();
  const clang::FunctionDecl& written = pattern ? *pattern : *declaration_;
  is_stackful_ = llvm::any_of(written.parameters(), [&](const clang::ParmVarDecl* parameter) {
    return suspends(parameter->getType().getNonReferenceType());
  });
  if (!is_stackful_) return;
  for (const Call& call : calls_)
    if (!call.is_construction() && llvm::any_of(call.arguments, [&](const clang::Expr* argument) {
          return suspends(argument->getType());
        }))
      suspensions_.push_back({call.expr, call.expr, false});
}

std::string Function::name() const {
  return display_name(*declaration_);
}

bool Function::is_lambda() const {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(declaration_);
  return method && method->getParent()->isLambda();
}

bool Function::is_inside(const clang::Stmt* inner, const clang::Stmt* outer) const {
  while (inner && inner != outer) inner = parent(inner);
  return inner != nullptr;
}

const Flow* Function::flow() const {
  if (!flow_ && !is_pattern() && body_) flow_ = Flow::of(*declaration_, *body_);
  return flow_.get();
}

}  // namespace corolint
