#pragma once

// A rule's own records: what it wants to know of other units. A struct becomes a record type with
// RULE_RECORD(type, members…); the members are texts, numbers, truth values, lists of these, places and
// findings.

#include <nlohmann/json.hpp>

#include "facts/whole_numbers.h"
#include "rule/finding_json.h"
#include "rule/pass.h"
#include "rule/program.h"

#define RULE_RECORD(Type, ...) NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Type, __VA_ARGS__)

namespace corolint {

// Keeps `record` for the rule's `conclude`. Every record names its type, so that a rule may have several.
template <typename Type>
void export_record(Pass& pass, std::string_view type, const Type& record) {
  nlohmann::json value = record;
  value["record"] = type;
  pass.add_record(value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

// Returns the rule's records of that type from all units, sorted, no two equal.
template <typename Type>
std::vector<Type> records_of(const Program& program, std::string_view type) {
  std::vector<Type> records;
  const std::string mark = "\"record\":\"" + std::string(type) + "\"";  // spares parsing the others
  for (const std::string& text : program.records()) {
    if (text.find(mark) == std::string::npos) continue;
    const auto value = parse_whole(text);
    if (value.at("record") == type) records.push_back(value.get<Type>());
  }
  return records;
}

}  // namespace corolint
