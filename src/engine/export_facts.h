#pragma once

#include "engine/suppression.h"
#include "facts/facts.h"
#include "rule/pass.h"

namespace corolint {

// Returns the unit's part of the call graph: the project's functions, and their calls of one another with
// what holds at each. `pass` is any rule's; `rules` are the names of those that run.
UnitFacts export_facts(const Pass& pass, const std::vector<Suppression>& suppressions,
                       const std::vector<std::string>& rules);

}  // namespace corolint
