#pragma once

#include "coroutines/function.h"

namespace corolint {

// Returns the object of the standard library into which the value of `expr` points, if a method of it says
// so: `text` for `text.c_str()`, `all` for `all.begin()` and `all[0]`. Null without one, and if the function
// moves the object on: what it holds may then live elsewhere.
const clang::Expr* viewed_owner(const Function& function, const clang::Expr* expr);

// Returns the object of which the expression is a part: `peer` for `peer.address.name`, `peers` for an
// element of an array; the expression itself if it is none.
const clang::Expr* whole_of_part(const clang::Expr* part);

}  // namespace corolint
