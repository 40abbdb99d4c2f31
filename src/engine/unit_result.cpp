#include "engine/unit_result.h"

#include <nlohmann/json.hpp>

#include "facts/facts_json.h"
#include "rule/finding_json.h"

namespace corolint {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(CompilerError, place, message)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(BrokenUnit, file, cause, errors, error_count, is_internal)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Suppression, file, first_line, last_line, rules, reason, line)

std::string to_json_line(const UnitResult& result) {
  nlohmann::json document = {
      {"facts", to_json(result.facts)}, {"findings", result.findings}, {"suppressions", result.suppressions}};
  if (result.broken) document["broken"] = *result.broken;
  // Source text may hold bytes that are no UTF-8; a name with one must not cost the unit.
  return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

UnitResult from_json_line(const std::string& line) {
  const auto document = nlohmann::json::parse(line);
  UnitResult result{document.at("findings").get<std::vector<Finding>>(),
                    facts_from_json(document.at("facts")),
                    document.at("suppressions").get<std::vector<Suppression>>(), std::nullopt};
  if (document.contains("broken")) result.broken = document.at("broken").get<BrokenUnit>();
  return result;
}

}  // namespace corolint
