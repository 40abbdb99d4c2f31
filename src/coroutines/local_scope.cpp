#include "coroutines/local_scope.h"

#include <algorithm>

namespace corolint {

namespace {

const clang::DeclStmt* statement_of(const Function& function, const clang::VarDecl& variable) {
  for (const clang::DeclStmt* statement : function.all<clang::DeclStmt>())
    if (std::find(statement->decl_begin(), statement->decl_end(), &variable) != statement->decl_end())
      return statement;
  return nullptr;
}

bool is_label(const clang::Stmt* stmt) {
  return llvm::isa_and_nonnull<clang::SwitchCase, clang::LabelStmt, clang::AttributedStmt>(stmt);
}

}  // namespace

LocalScope::LocalScope(const Function& function, const clang::VarDecl& variable)
    : function_(function), is_reference_(variable.getType()->isReferenceType()) {
  if (llvm::isa<clang::ParmVarDecl>(variable)) return;
  declaration_ = statement_of(function, variable);
  part_ = declaration_;
  around_ = function.parent(part_);
  for (; is_label(around_); around_ = function.parent(part_)) part_ = around_;
}

const clang::Stmt* LocalScope::begins_anew(const clang::Stmt* at) const {
  return is_reference_ || function_.is_inside(at, declaration_) ? nullptr : declaration_;
}

bool LocalScope::holds(const clang::Stmt* stmt) const {
  if (!around_) return !declaration_;
  // What only the compiler wrote belongs to what is around it.
  if (!function_.parent(stmt) && stmt != function_.body()) return true;
  const clang::Stmt* part = stmt;
  while (part && function_.parent(part) != around_) part = function_.parent(part);
  if (!part || part == part_) return false;
  const auto* block = llvm::dyn_cast<clang::CompoundStmt>(around_);
  if (!block) return true;
  return std::find(std::find(block->body_begin(), block->body_end(), part_), block->body_end(), part) !=
         block->body_end();
}

}  // namespace corolint
