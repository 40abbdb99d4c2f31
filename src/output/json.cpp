// corolint's own machine format. `schema_version` rises when a field changes its meaning or goes; new fields
// may come at any time.

#include "output/fingerprint.h"
#include "output/json_text.h"
#include "output/output.h"
#include "output/source_text.h"
#include "output/spelling.h"
#include "output/version.h"

#include <nlohmann/json.hpp>

namespace corolint {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Place& place) {
  if (!place.is_somewhere()) return nullptr;
  return {{"file", place.file},
          {"line", place.line},
          {"column", place.column},
          {"end_line", place.end_line},
          {"end_column", place.end_column}};
}

Json json_of(const Finding& finding, const RuleEntry* entry, SourceText& sources) {
  Json notes = Json::array(), path = Json::array();
  for (const Note& note : finding.notes)
    notes.push_back({{"place", json_of(note.place)}, {"text", note.text}});
  for (const Step& step : finding.path)
    path.push_back({{"place", json_of(step.place)}, {"function", step.function}, {"text", step.text}});
  return {{"rule", finding.rule},
          {"level", level_name(finding.level)},
          {"place", json_of(finding.place)},
          {"message", finding.message},
          {"message_id", finding.message_id},
          {"arguments", finding.arguments},
          {"label", finding.label},
          {"notes", notes},
          {"path", path},
          {"help", finding.help},
          {"function", finding.function},
          {"cwe", entry && entry->rule.cwe != 0 ? Json(entry->rule.cwe) : Json()},
          {"fingerprint", fingerprint(finding, sources)}};
}

Json json_of(const BrokenUnit& unit) {
  Json errors = Json::array();
  for (const CompilerError& error : unit.errors)
    errors.push_back({{"place", json_of(error.place)}, {"message", error.message}});
  return {{"file", unit.file}, {"cause", unit.cause}, {"error_count", unit.error_count}, {"errors", errors}};
}

Json json_of(const UnseenFunction& function) {
  return {{"name", function.name}, {"call", json_of(function.call)}, {"caller", function.caller}};
}

Json counts(const Report& report) {
  return {{"units", report.units},
          {"analysed_units", analysed_units(report)},
          {"findings", report.findings.size()},
          {"errors", count_of(report, Level::error)},
          {"warnings", count_of(report, Level::warning)},
          {"notes", count_of(report, Level::note)}};
}

}  // namespace

std::string as_json(const Report& report) {
  SourceText sources(report.root);
  Json rules = Json::array(), findings = Json::array(), broken = Json::array(), unseen = Json::array();
  for (const RuleEntry* entry : report.rules) rules.push_back(entry->name);
  for (const Finding& finding : report.findings)
    findings.push_back(json_of(finding, rule_of(report, finding), sources));
  for (const BrokenUnit& unit : report.broken) broken.push_back(json_of(unit));
  for (const UnseenFunction& function : report.unseen) unseen.push_back(json_of(function));
  return json_text({{"schema_version", 1},
                    {"tool", {{"name", "corolint"}, {"version", tool_version()}}},
                    {"exit_status", report.exit_status},
                    {"counts", counts(report)},
                    {"rules", rules},
                    {"findings", findings},
                    {"broken_units", broken},
                    {"unseen_functions", unseen}});
}

}  // namespace corolint
