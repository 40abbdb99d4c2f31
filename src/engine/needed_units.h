#pragma once

// Which units of a program need not be parsed: those without asynchronous code that no asynchronous code comes
// to. The findings are the same as if they had been parsed; what does not compile in them stays unseen.

#include "engine/unit_facts.h"

namespace corolint {

// Returns the facts of all units of the plan, by their number. Those that need not be parsed have none.
std::vector<UnitText> facts_of_needed(const Plan& plan, RunTools& tools);

}  // namespace corolint
