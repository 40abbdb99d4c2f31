#pragma once

#include "rule/pass.h"

namespace corolint::fan_out {

// Does the function end what is open: stop(), close(), shutdown(), abort(), cancel()? To end all that there
// is adds nothing to it.
bool closes(const clang::NamedDecl& function);

// Does the callable start no more than that: `[](auto& connection) { return connection.stop(); }`? What it
// does at once, such as a line in the log, does not count.
bool only_closes(const Pass& pass, const clang::FunctionDecl& callable);

}  // namespace corolint::fan_out
