#pragma once

#include "capturing.h"

namespace corolint::capturing {

// A local that a lambda has captured by reference and that ends before the lambda's coroutine.
struct Borrowed {
  const clang::VarDecl* local = nullptr;
  const clang::Stmt* use = nullptr;  // where the coroutine uses it
  const clang::Stmt* at = nullptr;   // what lets the coroutine go on
};

// Returns the first such local of the lambda, a part of the function, if it has one. Whoever keeps the
// closure keeps no more of the local than its address.
std::optional<Borrowed> borrowed_by(const Pass& pass, const Function& function,
                                    const clang::LambdaExpr& lambda);

}  // namespace corolint::capturing
