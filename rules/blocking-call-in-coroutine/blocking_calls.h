#pragma once

#include "rule/pass.h"

namespace corolint::blocking {

// Calls `visit` for each call of the function that blocks the thread, with what the models say of it. A file
// stream counts once, where it is first used; calls that are known not to block here are left out.
void each_blocking_call(const Pass& pass, const Function& function,
                        llvm::function_ref<void(const Call&, const Entry&)> visit);

// Calls `visit` for each local variable whose destructor blocks the thread at the end of its scope: a
// jthread, the future that std::async returned.
void each_blocking_end(const Pass& pass, const Function& function,
                       llvm::function_ref<void(const clang::VarDecl&, const Entry&)> visit);

// Does the call block only if its descriptor does?
bool is_on_descriptor(const Entry& blocker);

}  // namespace corolint::blocking
