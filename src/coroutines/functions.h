#pragma once

#include <vector>

#include "coroutines/function.h"
#include "unit/unit.h"

namespace corolint {

// Returns the project's functions of the unit that can be judged, in the order of the source: with a body and
// without errors in it, lambdas included, wherever in the project their header lies. A template is there once
// for each of its instantiations; if it has none, it is there itself, as a pattern.
std::vector<Function> functions_of(const Unit& unit);

}  // namespace corolint
