#pragma once

#include "coroutines/function.h"

namespace corolint::fan_out {

// Does the function end what is open: stop(), close(), shutdown(), abort(), cancel()? To end all that there
// is adds nothing to it.
bool closes(const clang::NamedDecl& function);

// Does the callable do no more than that to what it is given: `[](auto& connection) { return
// connection.stop(); }`?
bool only_closes(const clang::FunctionDecl& callable);

}  // namespace corolint::fan_out
