#pragma once

#include "rule/pass.h"

namespace corolint::blocking {

// Is it sure that `call`, known to block by `entry`, does not block here?
bool is_excused(const Pass& pass, const Function& function, const Call& call, const Entry& entry);

}  // namespace corolint::blocking
