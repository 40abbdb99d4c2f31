#include "object.h"

#include "coroutines/value_use.h"
#include "unit/names.h"
#include "unit/standard_library.h"
#include "unit/type_argument.h"

namespace corolint::timeout {

namespace {

// Returns what a stream stands on, a pointer points to, or a container holds: the first template argument, of
// a map the second. Null if there is none.
clang::QualType held_type(clang::QualType type) {
  const clang::CXXRecordDecl* holder = class_of(type);
  const bool is_map = holder && !holder->lookup(&holder->getASTContext().Idents.get("mapped_type")).empty();
  return type_argument(holder, is_map ? 1 : 0);
}

// Returns the field that an accessor gives out, `tcp::socket& socket() { return socket_; }`, or null.
const clang::FieldDecl* given_out_by(const Call& call) {
  const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(call.function());
  const clang::FunctionDecl* defined = nullptr;
  if (!method || !method->getReturnType()->isReferenceType() || !method->hasBody(defined)) return nullptr;
  const auto* body = llvm::dyn_cast<clang::CompoundStmt>(defined->getBody());
  const auto* leave =
      body && body->size() == 1 ? llvm::dyn_cast<clang::ReturnStmt>(body->body_front()) : nullptr;
  const clang::Expr* given = leave ? leave->getRetValue() : nullptr;
  return given ? llvm::dyn_cast_or_null<clang::FieldDecl>(root_object(given)) : nullptr;
}

// Is it an iterator, a smart pointer or a pair that a container gave, `connections.find(id)`, or the hidden
// one of a range-for? It leads to an element, and is none.
bool leads_to_element(const clang::VarDecl& variable) {
  const clang::CXXRecordDecl* record = class_of(variable.getType());
  if (!record || !is_of_standard_library(*record)) return false;
  const clang::Expr* made =
      variable.isImplicit() ? variable.getInit()->IgnoreImplicit() : bare(initial_value(variable));
  const auto call = as_call(made);
  return call && call->receiver && is_of_standard_library(*call->callee);
}

const clang::VarDecl* local_variable(const clang::ValueDecl* object) {
  if (const auto* binding = llvm::dyn_cast_or_null<clang::BindingDecl>(object))
    object = binding->getDecomposedDecl();
  const auto* variable = llvm::dyn_cast_or_null<clang::VarDecl>(object);
  return variable && variable->isLocalVarDecl() && variable->getInit() ? variable : nullptr;
}

// Returns what the local variable was made to name: what its reference is bound to, or the container that its
// iterator is of. Null where it is an object of its own.
const clang::ValueDecl* named_by(const clang::VarDecl& variable) {
  const bool is_reference = variable.getType()->isReferenceType();
  if (!is_reference && !leads_to_element(variable)) return nullptr;
  const clang::ValueDecl* named = object_named(variable.getInit());
  if (!named || named == &variable) return nullptr;
  const auto* next = local_variable(named);
  const bool is_element = next && leads_to_element(*next);
  return !is_reference || is_element || is_or_holds(named->getType(), variable.getType()) ? named : nullptr;
}

}  // namespace

bool is_or_holds(clang::QualType made, clang::QualType from) {
  for (; !made.isNull(); made = held_type(made))
    if (class_of(made) == class_of(from)) return true;
  return false;
}

const clang::ValueDecl* object_named(const clang::Expr* expr) {
  if (const auto* braces = llvm::dyn_cast_or_null<clang::InitListExpr>(expr); braces && braces->getNumInits() == 1)
    expr = braces->getInit(0);  // auto& peer{peers.at(id)};
  for (auto call = as_call(bare(expr)); call && call->receiver; call = as_call(bare(call->receiver)))
    if (const clang::FieldDecl* field = given_out_by(*call)) return field;
  return root_object(expr);
}

const clang::ValueDecl* limited_object(const clang::Expr* expr) {
  const clang::ValueDecl* object = object_named(expr);
  while (const clang::VarDecl* variable = local_variable(object)) {
    const clang::ValueDecl* named = named_by(*variable);
    if (!named) return variable;
    object = named;
  }
  return object;
}

}  // namespace corolint::timeout
