#pragma once

// What the callable of a continuation does with the cancellation that it is given.

#include "cancellations.h"

namespace corolint::cancellation {

// Does the callable take one of the exceptions, by the type of its parameter: as one of their bases, as an
// exception_ptr or a future that holds it?
bool takes_any_of(const clang::FunctionDecl& callable, const Classes& exceptions);

// Does the callable end as if nothing had happened: does it return no more than "done", throw nothing, not
// ask whether it was cancelled, and show the error to a log at most?
bool absorbs(const Pass& pass, const Function& callable, const Classes& exceptions,
             const Questions& questions);

}  // namespace corolint::cancellation
