#pragma once

// What a format that knows marks for it tells: the findings, and on request those that are hidden.

#include <string>
#include <vector>

#include "output/output.h"

namespace corolint {

struct ShownFinding {
  const Finding* finding = nullptr;
  const HiddenFinding* hidden = nullptr;  // how it is hidden; null: it is not
};

// Returns them in the report's order.
std::vector<ShownFinding> shown_findings(const Report& report, Hidden hidden);

// Returns "suppressed: start-up only" or "in the baseline"; nothing if the finding is not hidden.
std::string mark_of(const ShownFinding& shown);

}  // namespace corolint
