#pragma once

#include "rule/pass.h"

namespace corolint::fan_out {

// Does `call` start work that runs on without being waited for in the same round of the loop around it?
bool starts_work(const Pass& pass, const Function& function, const Call& call);

// Returns what the message calls it: the function, or the class of the thread that `emplace_back` or
// `make_unique` makes.
std::string name_of_start(const Pass& pass, const Call& call);

}  // namespace corolint::fan_out
