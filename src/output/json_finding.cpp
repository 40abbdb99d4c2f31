#include "output/json_finding.h"

#include <utility>

#include "output/spelling.h"

namespace corolint {

using Json = nlohmann::ordered_json;

Json json_place(const Place& place) {
  if (!place.is_somewhere()) return nullptr;
  return {{"file", place.file},
          {"line", place.line},
          {"column", place.column},
          {"end_line", place.end_line},
          {"end_column", place.end_column}};
}

Json json_fix(const Fix& fix) {
  Json edits = Json::array();
  for (const Edit& edit : fix.edits)
    edits.push_back({{"place", json_place(edit.place)}, {"text", edit.text}});
  return {{"message", fix.message},
          {"applicability", fix.applicability == Applicability::safe ? "safe" : "unsafe"},
          {"edits", std::move(edits)}};
}

Json json_finding(const Finding& finding, const Report& report) {
  const RuleEntry* entry = rule_of(report, finding);
  Json notes = Json::array(), path = Json::array(), fixes = Json::array();
  for (const Fix& fix : finding.fixes) fixes.push_back(json_fix(fix));
  for (const Note& note : finding.notes)
    notes.push_back({{"place", json_place(note.place)}, {"text", note.text}});
  for (const Step& step : finding.path)
    path.push_back({{"place", json_place(step.place)}, {"function", step.function}, {"text", step.text}});
  return {{"rule", finding.rule},
          {"level", level_name(finding.level)},
          {"place", json_place(finding.place)},
          {"message", finding.message},
          {"message_id", finding.message_id},
          {"arguments", finding.arguments},
          {"label", finding.label},
          {"notes", std::move(notes)},
          {"path", std::move(path)},
          {"help", finding.help},
          {"fixes", std::move(fixes)},
          {"function", finding.function},
          {"cwe", entry && entry->rule.cwe != 0 ? Json(entry->rule.cwe) : Json()},
          {"fingerprint", finding.fingerprint}};
}

Json json_hidden_finding(const HiddenFinding& hidden, const Report& report) {
  Json finding = json_finding(hidden.finding, report);
  finding["hidden_by"] = hidden.by == HiddenFinding::By::baseline ? "baseline" : "comment";
  finding["reason"] = hidden.reason;
  return finding;
}

Json json_broken_unit(const BrokenUnit& unit) {
  Json errors = Json::array();
  for (const CompilerError& error : unit.errors)
    errors.push_back({{"place", json_place(error.place)}, {"message", error.message}});
  return {{"file", unit.file},
          {"cause", unit.cause},
          {"error_count", unit.error_count},
          {"errors", std::move(errors)}};
}

Json json_unseen_function(const UnseenFunction& function) {
  return {{"name", function.name}, {"call", json_place(function.call)}, {"caller", function.caller}};
}

Json json_counts(const Report& report) {
  return {{"units", report.units},
          {"analysed_units", analysed_units(report)},
          {"findings", report.findings.size()},
          {"errors", count_of(report, Level::error)},
          {"warnings", count_of(report, Level::warning)},
          {"notes", count_of(report, Level::note)},
          {"hidden", report.hidden.size()}};
}

}  // namespace corolint
