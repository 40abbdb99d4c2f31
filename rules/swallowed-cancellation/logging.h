#pragma once

#include <string>

#include "clang/AST/Expr.h"

namespace corolint::cancellation {

// Returns the name of what is called, also in a template that nobody has instantiated.
std::string called_name(const clang::CallExpr& call);

// Does the call only show what it is given: a function or an object for logs, a stream?
bool shows(const clang::Expr& expr);

}  // namespace corolint::cancellation
