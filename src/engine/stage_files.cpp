#include "engine/stage_files.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cache/digest.h"
#include "engine/json_error.h"
#include "engine/own_rules.h"
#include "engine/project_settings_json.h"
#include "engine/unit_json.h"
#include "facts/whole_numbers.h"
#include "llvm/Support/FormatVariadic.h"

namespace corolint {

namespace {

using nlohmann::json;

constexpr int result_schema = 2;

std::string dumped(const json& document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string head_of_file(const std::string& plan) {
  return "{\"plan\":\"" + plan + "\",";
}

// Rules read their records only at the end: what was changed in them would be found where nobody knows the
// file.
std::string digest_of_facts(std::string_view rest) {
  return "\"digest\":\"" + digest_of_bytes(rest) + "\",";
}

llvm::Error not_facts(const std::string& file, const json::exception& error) {
  return llvm::createStringError("%s is no facts file, or only a part of one: %s", file.c_str(),
                                 problem_of(error).c_str());
}

json json_of(const Report& report) {
  json rules = json::array();
  for (const RuleEntry* rule : report.rules) rules.push_back(rule->name);
  return {{"corolint", COROLINT_VERSION}, {"schema", result_schema},
          {"root", report.root},          {"rules", std::move(rules)},
          {"files", report.files},        {"units", report.units},
          {"gate", report.gate},          {"is_whole", report.is_whole},
          {"hidden", report.hidden},      {"findings", report.findings},
          {"broken", report.broken},      {"unseen", report.unseen},
          {"unread", report.unread},      {"interrupted_by", report.interrupted_by}};
}

// Throws a json::exception where `document` is no report.
Report report_of(const json& document) {
  Report report;
  document.at("root").get_to(report.root);
  document.at("files").get_to(report.files);
  document.at("units").get_to(report.units);
  document.at("gate").get_to(report.gate);
  document.at("is_whole").get_to(report.is_whole);
  document.at("hidden").get_to(report.hidden);
  document.at("findings").get_to(report.findings);
  document.at("broken").get_to(report.broken);
  document.at("unseen").get_to(report.unseen);
  document.at("unread").get_to(report.unread);
  document.at("interrupted_by").get_to(report.interrupted_by);
  for (const json& name : document.at("rules"))
    if (const RuleEntry* rule = find_rule(name.get<std::string>())) report.rules.push_back(rule);
  return report;
}

}  // namespace

std::string facts_file_name(std::size_t unit) {
  return llvm::formatv("{0,0+6}.facts.json", unit);
}

std::string facts_text(const UnitResult& result) {
  return dumped(result);
}

llvm::Expected<UnitResult> facts_from_text(std::string_view text, const std::string& file) {
  try {
    return parse_whole(text).get<UnitResult>();
  } catch (const json::exception& error) {
    return not_facts(file, error);
  }
}

std::string facts_file_text(std::string_view facts, const std::string& plan) {
  return head_of_file(plan) + digest_of_facts(facts.substr(1)) + std::string(facts.substr(1));
}

llvm::Error is_of_plan(std::string_view text, const std::string& plan, const std::string& file) {
  const std::string head = head_of_file(plan);
  const bool is_of_it = text.starts_with(head);
  if (is_of_it) {
    const std::string_view body = text.substr(head.size());
    const std::size_t length = digest_of_facts("").size();
    if (body.size() > length && body.starts_with(digest_of_facts(body.substr(length))))
      return llvm::Error::success();
  }
  try {
    json::parse(text).at("plan");
  } catch (const json::exception& error) {
    return not_facts(file, error);
  }
  if (is_of_it)
    return llvm::createStringError("%s is not as 'corolint facts' wrote it: run that again for its shard",
                                   file.c_str());
  return llvm::createStringError(
      "%s holds facts of another plan, or of another version of corolint or of the models: run 'corolint "
      "facts' again for this plan",
      file.c_str());
}

std::string result_text(const Report& report) {
  return dumped(json_of(report));
}

llvm::Expected<Report> result_from_text(std::string_view text, const std::string& file) {
  try {
    const json document = parse_whole(text);
    if (document.at("corolint") != COROLINT_VERSION || document.at("schema") != result_schema)
      return llvm::createStringError("%s is a result of %s; this is %s", file.c_str(),
                                     writer_of(document).c_str(), COROLINT_VERSION);
    return report_of(document);
  } catch (const json::exception& error) {
    return llvm::createStringError(
        "%s is no result of 'corolint check --save' or 'corolint link', or only a part of one: %s",
        file.c_str(), problem_of(error).c_str());
  }
}

}  // namespace corolint
