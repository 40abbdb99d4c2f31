#pragma once

#include <string>

#include "cli/option_table.h"

namespace corolint {

// Returns the manual page corolint(1) in roff.
std::string man_page(const OptionTable& table);

}  // namespace corolint
