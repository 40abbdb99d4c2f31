#pragma once

#include <optional>
#include <vector>

#include "clang/AST/Expr.h"
#include "clang/AST/ExprCXX.h"

namespace corolint {

// A call, or the construction of an object, as one shape: functions, methods, operators, function objects,
// constructors.
struct Call {
  const clang::Expr* expr = nullptr;
  const clang::NamedDecl* callee = nullptr;   // function or constructor; for a function object its variable
  const clang::Expr* receiver = nullptr;      // the object of a method call, as written; null without one
  std::vector<const clang::Expr*> arguments;  // of an operator call, the object comes first

  bool is_construction() const { return llvm::isa<clang::CXXConstructExpr>(expr); }
  // Returns where the callee's name is written, without the arguments.
  clang::SourceRange callee_name() const;
  // Returns the function that runs, or null for an unresolved one or a function object.
  const clang::FunctionDecl* function() const { return llvm::dyn_cast_or_null<clang::FunctionDecl>(callee); }
};

// Returns `stmt` as a call if it is one whose callee can be seen; copies, moves and conversions that nobody
// wrote are no calls.
std::optional<Call> as_call(const clang::Stmt* stmt);

// Returns the argument at `position`, from the end if it is negative; null if there is none.
const clang::Expr* argument_at(const Call& call, int position);

// Returns the expression without parentheses, casts, temporaries and cleanups that nobody wrote.
const clang::Expr* bare(const clang::Expr* expr);

// Returns the variable, parameter or field that `expr` names or reaches into: `socket_` for
// `self->socket_.next_layer()`, `s` for `get_lowest_layer(*s)`. Null if there is none.
const clang::ValueDecl* root_object(const clang::Expr* expr);

// Returns the object that `call` is made on: the receiver of a method, else its first argument; null without
// any.
const clang::Expr* object_of(const Call& call);

}  // namespace corolint
