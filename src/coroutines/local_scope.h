#pragma once

#include "coroutines/function.h"

namespace corolint {

// Where a local variable or a parameter lives: from after its declaration to the end of the block, of the
// statement in whose head it stands, or of the function.
class LocalScope {
 public:
  LocalScope(const Function& function, const clang::VarDecl& variable);

  // Does the variable live while `stmt`, a part of the function, runs?
  bool holds(const clang::Stmt* stmt) const;

  // Returns where the variable has ended for sure, and begins anew, if control comes there from `at`: in the
  // next round of a loop. Null if there is no such place; what a reference refers to may go on.
  const clang::Stmt* begins_anew(const clang::Stmt* at) const;

  // Returns the statement that declares the variable, null for a parameter.
  const clang::DeclStmt* declaration() const { return declaration_; }

 private:
  const Function& function_;
  bool is_reference_ = false;
  const clang::DeclStmt* declaration_ = nullptr;
  const clang::Stmt* part_ = nullptr;    // the part of `around_` that declares it
  const clang::Stmt* around_ = nullptr;  // at its end the variable dies
};

}  // namespace corolint
