#pragma once

#include "coroutines/function.h"

namespace corolint {

// Returns the container that `expr` is added to (`tasks.push_back(expr)`), or null.
const clang::ValueDecl* container_added_to(const Function& function, const clang::Expr* expr);

}  // namespace corolint
