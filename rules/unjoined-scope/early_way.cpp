#include "early_way.h"

#include "coroutines/flow.h"
#include "coroutines/value_use.h"
#include "llvm/ADT/STLExtras.h"

namespace corolint::unjoined {

namespace {

// Returns the member of the function's own object that the expression is, or null.
const clang::FieldDecl* own_member(const clang::Expr* expr) {
  const auto* member = llvm::dyn_cast_or_null<clang::MemberExpr>(bare(expr));
  const bool is_own = member && llvm::isa<clang::CXXThisExpr>(member->getBase()->IgnoreImpCasts());
  return is_own ? llvm::dyn_cast<clang::FieldDecl>(member->getMemberDecl()) : nullptr;
}

struct Assignment {
  const clang::FieldDecl* field = nullptr;
  const clang::Expr* value = nullptr;
};

Assignment as_assignment(const clang::Stmt* stmt) {
  if (const auto* plain = llvm::dyn_cast<clang::BinaryOperator>(stmt); plain && plain->isAssignmentOp())
    return {own_member(plain->getLHS()), plain->getRHS()};
  const auto* call = llvm::dyn_cast<clang::CXXOperatorCallExpr>(stmt);
  if (!call || call->getOperator() != clang::OO_Equal || call->getNumArgs() != 2) return {};
  return {own_member(call->getArg(0)), call->getArg(1)};
}

// Returns the one member that the condition asks for, null if it asks for none or for more than one.
const clang::FieldDecl* only_member_in(const Function& function, const clang::Expr* condition) {
  const clang::FieldDecl* only = nullptr;
  for (const auto* member : function.all<clang::MemberExpr>()) {
    const clang::FieldDecl* field = function.is_inside(member, condition) ? own_member(member) : nullptr;
    if (!field) continue;
    if (only && only != field) return nullptr;
    only = field;
  }
  const bool has_others = llvm::any_of(function.all<clang::DeclRefExpr>(), [&](const auto* name) {
    return llvm::isa<clang::VarDecl>(name->getDecl()) && function.is_inside(name, condition);
  });
  return has_others ? nullptr : only;
}

}  // namespace

std::vector<const clang::FieldDecl*> set_after(const Function& function, const Use& added) {
  const Flow* flow = function.flow();
  std::vector<const clang::FieldDecl*> after, before;
  for (const clang::Stmt* stmt : function.statements()) {
    const auto [field, value] = as_assignment(stmt);
    if (!flow || !field || function.is_inside(stmt, added.name)) continue;
    if (!flow->may_follow(added.name, stmt))
      before.push_back(field);
    else if (as_call(made_from(value)))
      after.push_back(field);
  }
  llvm::erase_if(after, [&](const clang::FieldDecl* one) { return llvm::is_contained(before, one); });
  return after;
}

std::optional<EarlyWay> early_way(const Function& function, const Use& join) {
  const Flow* flow = function.flow();
  const auto is_join = [&](const clang::Stmt* stmt) { return stmt == join.name; };
  if (!flow || !flow->leaves_after(nullptr, is_join)) return std::nullopt;
  std::optional<EarlyWay> way;
  for (const clang::Stmt* leave : function.statements()) {
    const bool leaves = llvm::isa<clang::ReturnStmt, clang::CoreturnStmt>(leave);
    if (!leaves || function.is_inside(join.name, leave) || flow->may_follow(join.name, leave)) continue;
    const auto* branch = function.around<clang::IfStmt>(leave);
    if (way || !branch || branch->getElse()) return std::nullopt;
    way = EarlyWay{only_member_in(function, branch->getCond()), leave};
  }
  return way && way->tested ? way : std::nullopt;
}

}  // namespace corolint::unjoined
