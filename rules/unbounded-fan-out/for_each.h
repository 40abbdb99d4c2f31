#pragma once

#include "rule/pass.h"

namespace corolint::fan_out {

// Returns the data for each element of which an algorithm calls the lambda (`std::for_each(urls.begin(),
// urls.end(), …)`), or null if it is no such lambda or the program text bounds how much that is.
const clang::Expr* called_for_each_of(const Pass& pass, const Function& lambda);

}  // namespace corolint::fan_out
