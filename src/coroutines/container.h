#pragma once

#include "coroutines/function.h"

namespace corolint {

// Returns the container that `expr` is added to (`tasks.push_back(expr)`), or null. What an await makes of it
// is another value.
const clang::ValueDecl* container_added_to(const Function& function, const clang::Expr* expr);

// Has the class what containers have, so that adding to it only stores?
bool is_container(const clang::CXXRecordDecl& record);

// What the name of a variable stands for where it is used.
struct ContainerUse {
  enum Kind {
    added_to,  // `tasks.push_back(x)`, `task = x`, `tasks[i] = x`
    neutral,   // `tasks.size()`, `tasks.clear()`: what is in it stays unseen
    other,
  };
  Kind kind = other;
  std::vector<const clang::Expr*> added;  // what is added
};

// Returns how `name`, the name of a container or of a single value, is used.
ContainerUse container_use(const Function& function, const clang::Expr* name);

}  // namespace corolint
