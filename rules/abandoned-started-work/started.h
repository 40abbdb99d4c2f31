#pragma once

// Work that a coroutine has started and keeps in its locals.

#include "coroutines/local_scope.h"
#include "rule/pass.h"

namespace corolint::abandoned {

struct Started {
  const clang::VarDecl* variable = nullptr;  // holds the awaitable, or is a container of such
  const clang::Stmt* begin = nullptr;        // after this the work is in the variable
  const clang::Expr* call = nullptr;         // starts it
  const clang::VarDecl* lent = nullptr;      // a local that the work refers to, or null
  Awaitable awaitable;
  bool is_many = false;  // a container
};

// Returns the work that is started in the function, goes on when its awaitable is dropped, and is kept in a
// local that something awaits or passes on later: work that its author means to wait for.
std::vector<Started> started_in(const Pass& pass, const Function& function);

// Returns where the work is awaited or passed on: the uses of the variable but for additions and questions.
std::vector<const clang::Stmt*> gathers_of(const Function& function, const Started& work);

}  // namespace corolint::abandoned
