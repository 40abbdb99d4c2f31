#include "engine/plan.h"

#include <nlohmann/json.hpp>

#include "cache/digest.h"
#include "engine/json_error.h"
#include "engine/project_settings_json.h"
#include "engine/rule_settings_json.h"
#include "facts/whole_numbers.h"

namespace corolint {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(CompileCommand, directory, file, arguments)

namespace {

using nlohmann::json;

constexpr int plan_schema = 2;

json json_of(const Plan& plan) {
  return {{"corolint", COROLINT_VERSION}, {"schema", plan_schema},     {"root", plan.root},
          {"units", plan.commands},       {"models", plan.models},     {"notices", plan.notices},
          {"rules", plan.rules},          {"settings", plan.settings}, {"is_whole", plan.is_whole}};
}

// What of the settings decides the facts: options, but no levels.
json options_of(const RuleSettings& rules) {
  json all = json::array();
  for (RuleBlock block : rules.blocks()) {
    std::erase_if(block.rules, [](const auto& entry) { return entry.second.options.empty(); });
    for (auto& [name, setting] : block.rules) setting.level.reset();
    if (block.is_fresh || !block.rules.empty()) all.push_back(block);
  }
  return all;
}

// What of the plan decides the facts.
json analysis_of(const Plan& plan) {
  json document = json_of(plan);
  document["settings"].erase("gate");
  document["rules"] = options_of(plan.rules);
  for (const RuleEntry* rule : plan.rules.rules_to_run()) document["running"].push_back(rule->name);
  return document;
}

std::string dumped(const json& document, int indent) {
  return document.dump(indent, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string digest_of(const Plan& plan) {
  return digest_of_bytes(dumped(analysis_of(plan), -1));
}

std::string digest_of_analysis(const Plan& plan) {
  std::vector<std::string> texts = {dumped(options_of(plan.rules), -1),
                                    dumped(json(plan.settings.suppressions), -1)};
  for (const RuleEntry* rule : plan.rules.rules_to_run()) texts.emplace_back(rule->name);
  texts.emplace_back();  // no rule has this name: rules end here
  for (const auto& [name, text] : plan.models) texts.push_back(text);
  return digest_of_texts(texts);
}

std::string digest_of_settings(const Plan& plan) {
  return digest_of_texts(
      {dumped(json(plan.rules), -1), dumped(json(plan.settings), -1), plan.is_whole ? "whole" : "part"});
}

std::string to_json_text(const Plan& plan) {
  return dumped(json_of(plan), 1) + "\n";
}

llvm::Expected<Plan> plan_from_json(std::string_view text, const std::string& file) {
  try {
    const json document = parse_whole(text);
    if (document.at("corolint") != COROLINT_VERSION || document.at("schema") != plan_schema)
      return llvm::createStringError("%s was made by %s; this is %s: make the plan again", file.c_str(),
                                     writer_of(document).c_str(), COROLINT_VERSION);
    Plan plan;
    document.at("root").get_to(plan.root);
    document.at("units").get_to(plan.commands);
    document.at("models").get_to(plan.models);
    document.at("notices").get_to(plan.notices);
    document.at("rules").get_to(plan.rules);
    document.at("settings").get_to(plan.settings);
    document.at("is_whole").get_to(plan.is_whole);
    return plan;
  } catch (const json::exception& error) {
    return llvm::createStringError("%s is no plan of 'corolint plan': %s", file.c_str(),
                                   problem_of(error).c_str());
  }
}

}  // namespace corolint
