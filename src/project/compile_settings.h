#pragma once

#include "project/config.h"
#include "project/project.h"

namespace corolint {

// Takes out of the units' commands, and puts into them, the compiler flags that the configuration says under
// `compile`: those of all its layers, removals first. The commands stay sorted, equal ones become one.
void change_flags(const Config& config, std::vector<CompileCommand>& commands);

}  // namespace corolint
