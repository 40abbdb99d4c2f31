#pragma once

#include "rule/pass.h"

namespace corolint {

// Is the operand of co_await a limiter: an object that limits, or a call that waits for a permit, by its
// model or by the shape of its class (`acquire` where there is a `release`)?
bool awaits_permit(const Pass& pass, const Suspension& suspension);

// Returns where the function waits for a permit of a limiter, or asks for one.
std::vector<const clang::Expr*> permits_in(const Pass& pass, const Function& function);

// Does the function wait for a permit before it waits for anything else that is work: a peer, or a function of
// the program's? One that is taken later, as for each request of a connection or to send a result, says nothing
// about how many of these functions run.
bool begins_with_permit(const Pass& pass, const Function& function);

}  // namespace corolint
