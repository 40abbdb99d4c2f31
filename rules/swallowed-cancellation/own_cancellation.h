#pragma once

#include "rule/pass.h"

namespace corolint::cancellation {

// Does the cancellation that arrives at the suspension come from the coroutine itself: is it how the
// operation says that its time is up, or does the coroutine own the source of it, or cancel the object? To
// catch it is what the author meant.
bool is_own(const Pass& pass, const Function& coroutine, const Suspension& suspension);

// Does `awaited` only wait for the end of work that runs already and that the object keeps (`_done`,
// `*_task`)? What cancels that work is not meant for the function that waits, which is often the one that has
// stopped it.
bool is_kept_work(const Pass& pass, const clang::Expr* awaited);

}  // namespace corolint::cancellation
