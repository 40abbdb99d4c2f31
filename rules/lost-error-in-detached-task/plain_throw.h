#pragma once

#include "rule/pass.h"

namespace corolint::lost_errors {

// Returns a `throw` whose exception comes out of the call of a plain function of the project, through the
// plain functions that it calls in turn, as far as their bodies are seen in this unit; null without one.
const clang::CXXThrowExpr* thrown_by(const Pass& pass, const Call& call);

}  // namespace corolint::lost_errors
