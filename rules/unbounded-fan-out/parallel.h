#pragma once

#include "rule/pass.h"

namespace corolint::fan_out {

inline constexpr Message per_element{
    "per-element", "'{0}' starts work for every element, as much at once as the data has elements"};

// Finds library loops that call a function for all elements of data at once: parallel_for_each and its kin.
void check_parallel(Pass& pass, const Function& function);

}  // namespace corolint::fan_out
