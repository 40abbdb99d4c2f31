#pragma once

// One loop is one mistake, however much it starts in each round.

#include "rule/finding.h"

namespace corolint::fan_out {

// A finding, and the loop that makes it one; nowhere if no loop statement does.
struct InLoop {
  Place loop;
  Finding finding;
};

// Returns one finding for each loop, the first: what else the loop starts becomes further places of it.
std::vector<Finding> one_per_loop(std::vector<InLoop> found);

}  // namespace corolint::fan_out
