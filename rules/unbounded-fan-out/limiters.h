#pragma once

#include "rule/pass.h"

namespace corolint::fan_out {

// What of a loop's rounds limits how much work they start.
struct Limiters {
  bool limit = false;                      // one of them does
  const clang::ValueDecl* idle = nullptr;  // one that looks like it and limits nothing
  std::string why_idle;
};

// Returns what every round of `loop` passes, before or after it starts the work.
Limiters limiters_in(const Pass& pass, const Function& function, const clang::Stmt& loop,
                     const clang::Expr* work);

// Is the number no limit: enormous, negative, or as large as some data?
bool is_no_limit(const clang::Expr* number, const clang::ASTContext& context);

// Does the combinator limit how many run at once?
bool is_bounded(const Pass& pass, const Call& call, const Entry& combinator);

}  // namespace corolint::fan_out
