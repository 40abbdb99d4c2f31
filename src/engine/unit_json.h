#pragma once

// How the values of this folder look as JSON. Only the files that write or read them include it.

#include <nlohmann/json.hpp>

#include "engine/unit_result.h"
#include "facts/facts_json.h"
#include "rule/finding_json.h"

namespace corolint {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(CompilerError, place, message)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(BrokenUnit, file, cause, errors, error_count, is_internal)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(UnseenFunction, name, call, caller)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(HiddenFinding, finding, by, reason)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Suppression, file, first_line, last_line, rules, reason, comment, removal,
                                   holds)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SuppressionUse, file, line, rule)

inline void to_json(nlohmann::json& document, const UnitResult& result) {
  document = {{"facts", to_json(result.facts)},
              {"findings", result.findings},
              {"suppressions", result.suppressions},
              {"uses", result.uses}};
  if (result.broken) document["broken"] = *result.broken;
}

inline void from_json(const nlohmann::json& document, UnitResult& result) {
  document.at("findings").get_to(result.findings);
  document.at("suppressions").get_to(result.suppressions);
  document.at("uses").get_to(result.uses);
  result.facts = facts_from_json(document.at("facts"));
  if (document.contains("broken")) result.broken = document.at("broken").get<BrokenUnit>();
}

}  // namespace corolint
