#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/report.h"
#include "engine/suppression.h"
#include "facts/facts.h"

namespace corolint {

// What the analysis of one unit gave: a value that crosses from a worker to the process that asked for it.
struct UnitResult {
  std::vector<Finding> findings;
  UnitFacts facts;
  std::vector<Suppression> suppressions;
  std::optional<BrokenUnit> broken;  // there if anything of the unit could not be analysed
};

// Returns the result as one line of JSON, and back. Reading trusts its input: it comes from a worker of this
// very program; a broken line throws nlohmann::json::exception.
std::string to_json_line(const UnitResult& result);
UnitResult from_json_line(const std::string& line);

}  // namespace corolint
