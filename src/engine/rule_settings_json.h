#pragma once

#include <nlohmann/json.hpp>

#include "engine/rule_settings.h"

namespace corolint {

inline void to_json(nlohmann::json& document, const RuleSetting& setting) {
  document = nlohmann::json::object();
  if (setting.level) document["level"] = *setting.level;
  for (const auto& [name, value] : setting.options)
    std::visit([&, name = name](const auto& one) { document["options"][name] = one; }, value);
}

inline void from_json(const nlohmann::json& document, RuleSetting& setting) {
  if (document.contains("level")) setting.level = document.at("level").get<Level>();
  const auto options = document.value("options", nlohmann::json::object());
  for (const auto& [name, value] : options.items())
    if (value.is_boolean())
      setting.options[name] = value.get<bool>();
    else if (value.is_number_integer())
      setting.options[name] = value.get<std::int64_t>();
    else
      setting.options[name] = value.get<std::vector<std::string>>();
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(RuleBlock, folder, prefix, files, is_for_headers, except, is_fresh, rules)

inline void to_json(nlohmann::json& document, const RuleSettings& settings) {
  document = settings.blocks();
}

inline void from_json(const nlohmann::json& document, RuleSettings& settings) {
  settings = RuleSettings(document.get<std::vector<RuleBlock>>());
}

}  // namespace corolint
