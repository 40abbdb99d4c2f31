#pragma once

#include <vector>

#include "engine/rule_settings.h"
#include "engine/unit_result.h"
#include "models/models.h"
#include "project/project.h"
#include "rule/rule.h"
#include "unit/unit.h"
#include "unit/unit_log.h"

namespace corolint {

struct Prefix;

// The same for all units of a run.
struct Analysis {
  ParseSettings parsing;
  const Models& models;
  std::vector<const RuleEntry*> rules;  // those to run
  RuleSettings settings = {};
  SuppressionSettings suppressions = {};
};

// Parses the unit, on top of `prefix` if it is not null, runs the rules over it, and returns their findings;
// what cannot be analysed, and every exception that escapes a rule, is in `broken`. What that took is added
// to `log`. Only std::bad_alloc is thrown: the worker has to end.
UnitResult analyse(const CompileCommand& command, const Analysis& analysis, const Prefix* prefix,
                   UnitLog& log);

}  // namespace corolint
