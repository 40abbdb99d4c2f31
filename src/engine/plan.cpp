#include "engine/plan.h"

#include <nlohmann/json.hpp>

#include "cache/digest.h"

namespace corolint {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(CompileCommand, directory, file, arguments)

namespace {

using nlohmann::json;

constexpr int plan_schema = 1;

json json_of(const Plan& plan) {
  return {{"corolint", COROLINT_VERSION}, {"schema", plan_schema}, {"root", plan.root},
          {"units", plan.commands},       {"models", plan.models}, {"notices", plan.notices}};
}

std::string dumped(const json& document, int indent) {
  return document.dump(indent, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string digest_of(const Plan& plan) {
  return digest_of_bytes(dumped(json_of(plan), -1));
}

std::string digest_of_analysis(const Plan& plan) {
  std::vector<std::string> texts;
  for (const auto& [name, text] : plan.models) texts.push_back(text);
  return digest_of_texts(texts);
}

std::string to_json_text(const Plan& plan) {
  return dumped(json_of(plan), 1) + "\n";
}

llvm::Expected<Plan> plan_from_json(std::string_view text, const std::string& file) {
  try {
    const json document = json::parse(text);
    if (document.at("corolint") != COROLINT_VERSION || document.at("schema") != plan_schema)
      return llvm::createStringError("%s was made by corolint %s; this is %s: make the plan again",
                                     file.c_str(), document.at("corolint").get<std::string>().c_str(),
                                     COROLINT_VERSION);
    Plan plan;
    document.at("root").get_to(plan.root);
    document.at("units").get_to(plan.commands);
    document.at("models").get_to(plan.models);
    document.at("notices").get_to(plan.notices);
    return plan;
  } catch (const json::exception& error) {
    return llvm::createStringError("%s is no plan of 'corolint plan': %s", file.c_str(), error.what());
  }
}

}  // namespace corolint
