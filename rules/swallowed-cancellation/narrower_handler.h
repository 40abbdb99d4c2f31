#pragma once

#include "coroutines/caught.h"
#include "rule/pass.h"

namespace corolint::cancellation {

// Returns the fix that puts handlers before `handler` which let cancellation out; without edits where the
// library's cancellation shares its class with other errors, so that only its code tells them apart.
Fix narrower_handler(const Pass& pass, const clang::CXXCatchStmt& handler, const Classes& cancellations);

}  // namespace corolint::cancellation
