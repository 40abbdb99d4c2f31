#pragma once

#include <optional>

#include "clang/AST/Expr.h"

namespace corolint {

// A comparison of two values, whoever defines it: built in, an operator of the program's, or one that C++20
// writes anew from another.
struct Comparison {
  clang::BinaryOperatorKind kind;
  const clang::Expr* left;
  const clang::Expr* right;
};

// Returns `expr` as a comparison, or nothing if it is none.
std::optional<Comparison> as_comparison(const clang::Expr& expr);

// Is `expr` a code that the program compares with: an enumerator or a constant?
bool is_code(const clang::Expr* expr);

}  // namespace corolint
