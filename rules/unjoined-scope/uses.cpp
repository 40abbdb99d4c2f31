#include "uses.h"

#include <algorithm>

#include "coroutines/value_use.h"
#include "unit/type_argument.h"

namespace corolint::unjoined {

namespace {

// Does one of the names, which may be qualified, mean the method?
bool is_one_of(const std::vector<std::string>& names, const clang::NamedDecl& method) {
  const std::string name = method.getNameAsString();
  return std::any_of(names.begin(), names.end(), [&](const std::string& one) {
    return one == name ||
           (one.ends_with(name) && one.size() > name.size() + 1 && one[one.size() - name.size() - 1] == ':');
  });
}

// Returns the T of a pointer or an optional that alone owns one, else the type itself.
clang::QualType scope_in(clang::QualType type) {
  const clang::CXXRecordDecl* owner = type->getAsCXXRecordDecl();
  const clang::QualType owned = type_argument(owner);
  const bool is_owner = !owned.isNull() && owner->isInStdNamespace() &&
                        (owner->getName() == "optional" || owner->getName() == "unique_ptr");
  return is_owner ? owned : type;
}

bool is_access(const clang::Stmt* stmt) {
  if (llvm::isa_and_nonnull<clang::ImplicitCastExpr, clang::ParenExpr>(stmt)) return true;
  const auto* access = llvm::dyn_cast_or_null<clang::CXXOperatorCallExpr>(stmt);
  return access && (access->getOperator() == clang::OO_Arrow || access->getOperator() == clang::OO_Star);
}

// Returns the method that is called on `name`, or on what it owns; null if it is used otherwise.
const clang::NamedDecl* method_called_on(const Function& function, const clang::Expr* name) {
  const clang::Stmt* outer = function.parent(name);
  while (is_access(outer)) outer = function.parent(outer);
  const auto* member = llvm::dyn_cast_or_null<clang::MemberExpr>(outer);
  return member && llvm::isa<clang::CXXMethodDecl>(member->getMemberDecl()) ? member->getMemberDecl()
                                                                            : nullptr;
}

// Returns what the method does to the scope, or to what owns it.
Use::Kind kind_of(const clang::NamedDecl& method, const Entry& model, bool is_owner) {
  if (is_one_of(model.join, method)) return Use::join;
  if (is_one_of(model.add, method)) return Use::add;
  const bool is_of_owner =
      is_owner && llvm::cast<clang::CXXMethodDecl>(method).getParent()->isInStdNamespace();
  return is_of_owner && method.getIdentifier() && method.getName() == "get" ? Use::join : Use::other;
}

// Returns what becomes of the scope where it is named without a method: `with_gate(gate, …)` puts work in,
// which is gone again when somebody waits for it; anybody else who gets the scope may join it.
Use::Kind kind_where_named(const Pass& pass, const Function& function, const clang::Expr* name) {
  for (const clang::Stmt* outer = function.parent(name); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer)) {
    const auto call = as_call(outer);
    const Entry* spawn = call && !call->is_construction() ? pass.find(Role::spawn, *call) : nullptr;
    if (!spawn || !spawn->is_owned) continue;
    const clang::Expr* whole = call->expr;
    while (const auto* around = llvm::dyn_cast_or_null<clang::Expr>(function.parent(whole))) {
      if (llvm::isa<clang::CoawaitExpr, clang::DependentCoawaitExpr>(around)) return Use::other;
      whole = around;
    }
    return value_use(function, whole) == ValueUse::used ? Use::other : Use::add;
  }
  return Use::join;
}

}  // namespace

const Entry* Scopes::find(clang::QualType type) {
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  if (!record) return nullptr;
  const auto [known, is_new] = known_.try_emplace(record, nullptr);
  if (!is_new) return known->second;
  const Entry* scope = pass_.models().find(Role::scope, type);
  const bool is_fatal = scope && !scope->add.empty() && (!scope->join.empty() || pass_.awaitable(type)) &&
                        (scope->drop == Drop::terminate || scope->drop == Drop::assert_fails);
  return known->second = is_fatal ? scope : nullptr;
}

std::vector<Use> Scopes::uses_in(const Function& function) {
  std::vector<Use> uses;
  for (const clang::Stmt* stmt : function.statements()) {
    const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(stmt);
    const auto* member = llvm::dyn_cast<clang::MemberExpr>(stmt);
    const clang::ValueDecl* scope = reference ? reference->getDecl()
                                    : member  ? member->getMemberDecl()
                                              : nullptr;
    if (!llvm::isa_and_nonnull<clang::VarDecl, clang::FieldDecl>(scope)) continue;
    const clang::QualType type = scope_in(scope->getType());
    const Entry* model = find(type);
    if (!model) continue;
    const auto* name = llvm::cast<clang::Expr>(stmt);
    const clang::NamedDecl* method = method_called_on(function, name);
    const bool is_owner = type != scope->getType();
    const Use::Kind kind =
        method ? kind_of(*method, *model, is_owner) : kind_where_named(pass_, function, name);
    uses.push_back({kind, name, scope, model});
  }
  return uses;
}

}  // namespace corolint::unjoined
