#pragma once

#include "rule/pass.h"

namespace corolint::capturing {

// A coroutine that is a lambda and reads, after it was suspended, what its closure object holds.
struct Coroutine {
  const clang::LambdaExpr* lambda = nullptr;
  std::string captured;              // the name of what it reads, or "this"
  const clang::Stmt* use = nullptr;  // where it reads it
  bool is_lazy = false;              // suspended before its body starts
  bool is_alone = false;             // of a type that nobody can wait for
};

// Returns `lambda` as such a coroutine, or nothing. One that takes its closure by value (`this auto`) is
// none.
std::optional<Coroutine> as_capturing(const Pass& pass, const clang::LambdaExpr& lambda);

// Returns where the coroutine that is the lambda uses the captured variable when it may have been suspended,
// or null.
const clang::Stmt* late_use_of(const Pass& pass, const clang::LambdaExpr& lambda,
                               const clang::VarDecl& captured);

}  // namespace corolint::capturing
