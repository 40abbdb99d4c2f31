#pragma once

#include "rule/pass.h"

namespace corolint::fan_out {

// Does `call` start work that runs on without being waited for in the same round of the loop around it?
bool starts_work(const Pass& pass, const Function& function, const Call& call);

}  // namespace corolint::fan_out
