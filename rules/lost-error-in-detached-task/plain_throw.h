#pragma once

#include "rule/pass.h"

namespace corolint::lost_errors {

// Does only a mistake in the program bring the exception about? Then it says nothing of what may happen in
// production.
bool tells_of_mistake(const clang::CXXThrowExpr& thrown);

// Returns a `throw` whose exception comes out of the call of a plain function of the project, through the
// plain functions that it calls in turn, as far as their bodies are seen in this unit; null without one.
const clang::CXXThrowExpr* thrown_by(const Pass& pass, const Call& call);

}  // namespace corolint::lost_errors
