#pragma once

#include "cancellations.h"

namespace corolint::cancellation {

inline constexpr Message chain_goes_on{
    "chain-goes-on", "'{0}' also takes cancellation, and '{1}' goes on as if it had not been cancelled"};
// Reports continuations and adaptors of the function that turn cancellation into success: where more follows
// at once, or keeps them back for `conclude` where the function ends with it.
void check_continuations(Pass& pass, const Function& function, const Questions& questions);

}  // namespace corolint::cancellation
