#pragma once

// Callables that wait in fields and global variables until something calls them: `std::function<void()>
// on_close;`. What is stored where is gathered over the whole program, so that a call through the field leads
// to what it may run. A setter stores what its callers hand to it: its parameter is a holder, too.

#include <optional>
#include <vector>

#include "coroutines/function.h"

namespace corolint {

// Where callables wait: a field, a global variable, or a parameter of a function.
struct Holder {
  const clang::ValueDecl* variable = nullptr;     // for a parameter, that of one declaration
  const clang::FunctionDecl* function = nullptr;  // whose parameter it is; null for a variable
  unsigned position = 0;                          // of the parameter
};

// A value that a function stores in a holder: a callable, what another holder holds, or, with neither of
// them, something that cannot be seen.
struct StoredCallable {
  Holder holder;
  const clang::FunctionDecl* callable = nullptr;
  std::optional<Holder> source;
  const clang::Stmt* place = nullptr;
};

// Returns the callables that the function stores, by assignment, as a constructor's or an aggregate's
// initialiser, or by handing them to a parameter that holds callables. Emptying a holder stores nothing, nor
// does a template that nobody has instantiated.
std::vector<StoredCallable> stored_callables(const Function& function);

// Returns the field or global variable that holds the callable which `call` runs; null if it is called
// otherwise.
const clang::ValueDecl* called_holder(const clang::CallExpr& call);

}  // namespace corolint
