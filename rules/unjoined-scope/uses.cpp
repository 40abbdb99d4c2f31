#include "uses.h"

#include <algorithm>

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

// Returns the method that is called on `name`, or null.
const clang::NamedDecl* method_called_on(const Function& function, const clang::Expr* name) {
  const clang::Stmt* outer = function.parent(name);
  while (llvm::isa_and_nonnull<clang::ImplicitCastExpr, clang::ParenExpr>(outer))
    outer = function.parent(outer);
  const auto* member = llvm::dyn_cast_or_null<clang::MemberExpr>(outer);
  return member && llvm::isa<clang::CXXMethodDecl>(member->getMemberDecl()) ? member->getMemberDecl()
                                                                            : nullptr;
}

}  // namespace

const Entry* Scopes::find(clang::QualType type) {
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  if (!record) return nullptr;
  const auto [known, is_new] = known_.try_emplace(record, nullptr);
  if (!is_new) return known->second;
  const Entry* scope = pass_.models().find(Role::scope, type);
  const bool is_fatal = scope && !scope->add.empty() && !scope->join.empty() &&
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
    const Entry* model = find(scope->getType());
    if (!model) continue;
    const auto* name = llvm::cast<clang::Expr>(stmt);
    const clang::NamedDecl* method = method_called_on(function, name);
    Use::Kind kind = method ? Use::other : Use::join;
    if (method && is_one_of(model->join, *method)) kind = Use::join;
    if (method && is_one_of(model->add, *method)) kind = Use::add;
    uses.push_back({kind, name, scope, model});
  }
  return uses;
}

}  // namespace corolint::unjoined
