#include "engine/unit_result.h"

#include <nlohmann/json.hpp>

namespace corolint {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Place, file, line, column, end_line, end_column)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(CompilerError, place, message)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Note, place, text)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Step, place, function, text)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Finding, rule, level, place, message_id, arguments, message, label, notes,
                                   path, help, function)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(BrokenUnit, file, cause, errors, error_count, is_internal)

std::string to_json_line(const UnitResult& result) {
  nlohmann::json document = {{"findings", result.findings}};
  if (result.broken) document["broken"] = *result.broken;
  // Source text may hold bytes that are no UTF-8; a name with one must not cost the unit.
  return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

UnitResult from_json_line(const std::string& line) {
  const auto document = nlohmann::json::parse(line);
  UnitResult result{document.at("findings").get<std::vector<Finding>>(), std::nullopt};
  if (document.contains("broken")) result.broken = document.at("broken").get<BrokenUnit>();
  return result;
}

}  // namespace corolint
