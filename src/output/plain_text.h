#pragma once

#include <string>
#include <vector>

#include "rule/finding.h"

namespace corolint {

// Returns the finding as plain lines for hosts that show text only: its sentence and what its label says, the
// notes, the numbered steps of its path, the help. All are printable.
std::vector<std::string> plain_lines(const Finding& finding);

// Returns the finding's sentence with its label and its help, on one printable line.
std::string plain_line(const Finding& finding);

}  // namespace corolint
