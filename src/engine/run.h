#pragma once

#include "engine/link.h"
#include "engine/unit_facts.h"

namespace corolint {

// Links the facts of all units of the plan and returns what there is to tell. `others` are facts of units
// that are not reported on: calls lead into them; of `unseen` units of the project nothing is known.
Report linked(const Plan& plan, const Analysis& analysis, std::vector<UnitText> units,
              std::vector<UnitText> others = {}, std::size_t unseen = 0);

// Returns the report on the plan's units, from facts of the whole project as far as they are known.
Report checked(const Plan& plan, RunTools& tools);

}  // namespace corolint
