// corolint's own machine format. `schema_version` rises when a field changes its meaning or goes; new fields
// may come at any time.

#include <utility>

#include "output/json_finding.h"
#include "output/json_text.h"
#include "output/output.h"
#include "output/spelling.h"
#include "output/version.h"

namespace corolint {

using Json = nlohmann::ordered_json;

std::string as_json(const Report& report, Hidden hidden) {
  Json rules = Json::array(), findings = Json::array(), broken = Json::array(), unseen = Json::array();
  for (const RuleEntry* entry : report.rules) rules.push_back(entry->name);
  for (const Finding& finding : report.findings) findings.push_back(json_finding(finding, report));
  for (const BrokenUnit& unit : report.broken) broken.push_back(json_broken_unit(unit));
  for (const UnseenFunction& function : report.unseen) unseen.push_back(json_unseen_function(function));
  Json document = {{"schema_version", json_schema_version},
                   {"tool", {{"name", "corolint"}, {"version", tool_version()}}},
                   {"exit_status", report.exit_status},
                   {"counts", json_counts(report)},
                   {"rules", std::move(rules)},
                   {"findings", std::move(findings)},
                   {"broken_units", std::move(broken)},
                   {"unseen_functions", std::move(unseen)},
                   {"unread_files", report.unread}};
  if (report.interrupted_by != 0) document["interrupted_by"] = signal_name(report.interrupted_by);
  if (hidden == Hidden::told) {
    document["hidden_findings"] = Json::array();
    for (const HiddenFinding& one : report.hidden)
      document["hidden_findings"].push_back(json_hidden_finding(one, report));
  }
  return json_text(document);
}

std::string as_jsonl(const Report& report, Hidden hidden) {
  std::string text;
  const auto add = [&text](const char* kind, const Json& fields) {
    Json line = {{"schema_version", json_schema_version}, {"kind", kind}};
    line.update(fields);
    text += json_line(line);
  };
  for (const Finding& finding : report.findings) add("finding", json_finding(finding, report));
  if (hidden == Hidden::told)
    for (const HiddenFinding& one : report.hidden) add("hidden_finding", json_hidden_finding(one, report));
  for (const BrokenUnit& unit : report.broken) add("broken_unit", json_broken_unit(unit));
  for (const UnseenFunction& function : report.unseen) add("unseen_function", json_unseen_function(function));
  for (const std::string& file : report.unread) add("unread_file", {{"file", file}});
  Json summary = {{"exit_status", report.exit_status}, {"counts", json_counts(report)}};
  if (report.interrupted_by != 0) summary["interrupted_by"] = signal_name(report.interrupted_by);
  add("summary", summary);
  return text;
}

}  // namespace corolint
