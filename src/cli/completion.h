#pragma once

#include <string>

#include "cli/option_table.h"

namespace corolint {

// Returns the completions for `shell`: bash, zsh or fish.
std::string completion_script(const OptionTable& table, const std::string& shell);

}  // namespace corolint
