#pragma once

// What a call lends to the coroutine that it calls, and that ends before the coroutine may.

#include <vector>

#include "rule/pass.h"

namespace corolint {

struct Lent {
  const clang::ParmVarDecl* parameter = nullptr;  // of the callee as declared here
  const clang::Expr* argument = nullptr;
  const clang::VarDecl* local = nullptr;  // null: a temporary
  const clang::Stmt* lets_go = nullptr;   // what keeps the coroutine longer
  bool is_raced = false;                  // only if it loses there against a time limit or other work
};

// Returns the arguments of the call for which that is so, whatever the callee does with them.
std::vector<Lent> lent_by(const Pass& pass, const Function& function, const Call& call);

// Returns the local object of the function that the argument names or is a part of (for a pointer: whose
// address it takes), or null.
const clang::VarDecl* lent_local(const Function& function, const clang::Expr* argument, bool is_pointer);

// Returns the name of the local, `[name, port]` for one that is taken apart.
std::string name_of_local(const clang::VarDecl& local);

// Returns the temporary that the argument is or looks into, through the conversions that nobody wrote: a
// std::string that becomes a string_view, and through its own methods: `text().c_str()`. Null without one.
const clang::Expr* lent_temporary(const Function& function, const clang::Expr* argument);

}  // namespace corolint
