#pragma once

#include "rule/pass.h"

namespace corolint {

// Does something in the same expression wait for the result of `expr`: `co_await f()`, `std::async(f).get()`?
bool is_waited_for(const Pass& pass, const Function& function, const clang::Expr* expr);

// Does the function wait for something of the class `subject` ("timer", "accept"), in the statement `inside`
// if one is given?
bool waits_for(const Pass& pass, const Function& function, std::string_view subject,
               const clang::Stmt* inside = nullptr);

}  // namespace corolint
