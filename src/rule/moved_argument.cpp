#include "rule/moved_argument.h"

#include "coroutines/container.h"
#include "coroutines/flow.h"
#include "coroutines/value_use.h"
#include "llvm/ADT/STLExtras.h"

namespace corolint {

namespace {

const clang::ParmVarDecl* parameter_for(const clang::FunctionDecl& callee, const Call& call,
                                        const clang::Expr* argument) {
  for (unsigned i = 0; i < call.arguments.size() && i < callee.getNumParams(); ++i)
    if (bare(call.arguments[i]) == bare(argument)) return callee.getParamDecl(i);
  return nullptr;
}

// Returns the value without the copies, and the std::move, around it.
const clang::Expr* moved_from(const clang::Expr* value) {
  const clang::Expr* made = made_from(value);
  const auto call = as_call(made);
  const bool is_move = call && call->callee->isInStdNamespace() && call->arguments.size() == 1;
  return is_move ? made_from(call->arguments.front()) : made;
}

bool names(const clang::Expr* expr, const clang::ParmVarDecl* parameter) {
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(expr);
  return name && name->getDecl() == parameter;
}

// Is it, or a part of it, a member of the function's own object or a variable that does not end with the
// function?
bool stays(const Function& function, const clang::Expr* object) {
  const clang::ValueDecl* root = root_object(object);
  if (const auto* variable = llvm::dyn_cast_or_null<clang::VarDecl>(root))
    return variable->hasGlobalStorage();
  return llvm::isa_and_nonnull<clang::FieldDecl>(root) &&
         llvm::any_of(function.all<clang::CXXThisExpr>(),
                      [&](const clang::CXXThisExpr* self) { return function.is_inside(self, object); });
}

// Returns the statement that adds what holds `name` to what stays, or null.
const clang::Expr* store_around(const Function& function, const clang::Expr* name) {
  for (const clang::Stmt* outer = function.parent(name); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer)) {
    const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(outer);
    if (operation && operation->getOperator() == clang::OO_Equal && operation->getNumArgs() == 2)
      return stays(function, operation->getArg(0)) ? operation : nullptr;
    if (const auto* call = llvm::dyn_cast<clang::CXXMemberCallExpr>(outer))
      return container_added_to(function, name) && stays(function, call->getImplicitObjectArgument())
                 ? call
                 : nullptr;
  }
  return nullptr;
}

const Function* plain_body(const Pass& pass, const clang::FunctionDecl& callee) {
  const clang::FunctionDecl* definition = callee.getDefinition();
  if (!definition || llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(definition->getBody())) return nullptr;
  for (const Function& function : pass.functions())
    if (&function.declaration() == definition) return &function;
  return nullptr;
}

}  // namespace

bool moves_into_member(const Call& construction, const clang::Expr* argument) {
  const auto* declared = llvm::dyn_cast_or_null<clang::CXXConstructorDecl>(construction.function());
  const auto* definition =
      declared ? llvm::cast_or_null<clang::CXXConstructorDecl>(declared->getDefinition()) : nullptr;
  if (!definition || definition->getParent()->hasUserDeclaredDestructor()) return false;
  const auto* body = llvm::dyn_cast_or_null<clang::CompoundStmt>(definition->getBody());
  const clang::ParmVarDecl* parameter = parameter_for(*definition, construction, argument);
  if (!parameter || !body || !body->body_empty()) return false;
  return llvm::any_of(definition->inits(), [&](const clang::CXXCtorInitializer* one) {
    return one->isMemberInitializer() && !one->getMember()->getType()->isReferenceType() &&
           names(moved_from(one->getInit()), parameter);
  });
}

std::optional<Received> received(const Pass& pass, const Call& call, const clang::Expr* argument) {
  const clang::FunctionDecl* callee = call.function();
  const Function* body = callee ? plain_body(pass, *callee) : nullptr;
  const clang::ParmVarDecl* parameter = body ? parameter_for(body->declaration(), call, argument) : nullptr;
  return parameter && body->flow() ? std::optional(Received{body, parameter}) : std::nullopt;
}

bool moves_to_what_stays(const Received& received) {
  const auto names = received.body->all<clang::DeclRefExpr>();
  return llvm::any_of(names, [&](const clang::DeclRefExpr* name) {
    const clang::Expr* store =
        name->getDecl() == received.parameter ? store_around(*received.body, name) : nullptr;
    return store && is_last_call(*received.body, store);
  });
}

bool is_last_call(const Function& body, const clang::Expr* last) {
  return llvm::none_of(body.calls(), [&](const Call& call) {
    return call.expr != last && body.flow()->may_follow(last, call.expr);
  });
}

}  // namespace corolint
