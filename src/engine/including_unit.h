#pragma once

// Which unit a header is seen through, where one is asked for by its name.

#include <optional>
#include <string>
#include <vector>

#include "unit/unit.h"

namespace corolint {

// Returns the number of a command whose unit includes the header (absolute, symlinks resolved), as far as the
// text of the project's files tells; of several one that is called as the header is, or lies nearest to it.
std::optional<std::size_t> including_unit(const std::vector<CompileCommand>& commands,
                                          const std::string& header, const ParseSettings& settings);

}  // namespace corolint
