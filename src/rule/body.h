#pragma once

#include "rule/pass.h"

namespace corolint {

// Returns the function of the project that runs where `declaration` is called: of a generic lambda, which has
// no types yet, what was first made from it. Null if this unit does not hold its body.
const Function* body_of(const Pass& pass, const clang::FunctionDecl& declaration);

}  // namespace corolint
