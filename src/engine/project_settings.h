#pragma once

// What a project has set apart from its rules: what fails a run, and what suppressions must be like.

#include <optional>
#include <string>

#include "rule/finding.h"

namespace corolint {

struct GateSettings {
  Level fail_on = Level::error;  // none: findings never fail a run
  bool broken_fails = true;      // units that could not be analysed make the run incomplete
  std::string baseline;          // the file with the known findings, absolute; empty: none is named
};

struct SuppressionSettings {
  bool require_reason = false;
  bool require_rule = false;
  bool strict = false;  // a suppression that breaks these rules does not hold
};

struct ProjectSettings {
  GateSettings gate;
  SuppressionSettings suppressions;
};

}  // namespace corolint
