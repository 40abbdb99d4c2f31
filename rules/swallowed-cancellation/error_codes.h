#pragma once

#include "cancellations.h"

namespace corolint::cancellation {

inline constexpr Message code_goes_round{
    "code-goes-round",
    "the error of '{0}' may be the cancellation, and the loop in coroutine '{1}' goes into another round"};

// Reports loops of the coroutine that go on after an operation whose error arrives as a value has been
// cancelled.
void check_error_codes(Pass& pass, const Function& coroutine, const Questions& questions);

}  // namespace corolint::cancellation
