#pragma once

#include "rule/pass.h"

namespace corolint::cancellation {

// Does a loop around the statement end by a flag that a function of this file sets where it also cancels or
// closes something, `running_ = false; acceptor_.close();`? Then whoever cancels ends the loop as well.
bool ends_with_canceller(const Pass& pass, const Function& coroutine, const clang::Stmt* stmt);

}  // namespace corolint::cancellation
