// SARIF 2.1.0 as code review hosts read it. The log has one run, since GitHub refuses several of one
// category; it names no machine, user or time, so equal inputs give equal bytes anywhere; paths hang on
// %SRCROOT%, which is described but not resolved for the same reason. A unit that could not be analysed is a
// notification, not an unsuccessful run: GitHub would drop the whole upload.

#include "output/fold.h"
#include "output/json_text.h"
#include "output/output.h"
#include "output/sarif_place.h"
#include "output/sarif_result.h"
#include "output/sarif_rule.h"
#include "output/spelling.h"
#include "output/version.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA256.h"

#include <algorithm>
#include <set>

namespace corolint {

namespace {

using Json = nlohmann::ordered_json;

Json notification_descriptors() {
  static constexpr std::string_view what = "A translation unit could not be analysed in full.";
  static constexpr std::string_view why =
      "corolint analyses only what compiles: the flags, a missing header or generated file, or an error in "
      "the "
      "source stopped it. The unit may hold findings that this log lacks.";
  static constexpr std::string_view help =
      "Build the project first, so that generated files exist, and check the unit's entry in the compile "
      "database.";
  return Json::array({{{"id", not_analysed},
                       {"name", "UnitNotAnalysed"},
                       {"shortDescription", {{"text", what}}},
                       {"fullDescription", {{"text", why}}},
                       {"help", {{"text", help}, {"markdown", help}}},
                       {"defaultConfiguration", {{"level", "error"}}}}});
}

Json driver(const Report& report, bool has_taxonomies) {
  Json driver = {{"name", "corolint"},           {"semanticVersion", tool_version()},
                 {"organization", "corolint"},   {"informationUri", "https://github.com/corolint/corolint"},
                 {"rules", sarif_rules(report)}, {"notifications", notification_descriptors()}};
  if (has_taxonomies) driver["supportedTaxonomies"] = Json::array({{{"name", "CWE"}, {"index", 0}}});
  return driver;
}

Json notification(const BrokenUnit& unit) {
  Json location = {{"artifactLocation", sarif_artifact(unit.file)}};
  if (const Place place = place_of(unit); place.file != unit.file || place.line > 1)
    location = sarif_place(place);
  return {{"descriptor", {{"id", not_analysed}, {"index", 0}}},
          {"level", "error"},
          {"message", {{"text", as_sentence(shortened(sentence_of(unit), 999))}}},
          {"locations", Json::array({{{"physicalLocation", location}}})}};
}

Json invocation(const Report& report) {
  Json notifications = Json::array();
  for (const BrokenUnit& unit : report.broken) notifications.push_back(notification(unit));
  return {{"executionSuccessful", std::ranges::none_of(report.broken, &BrokenUnit::is_internal)},
          {"exitCode", report.exit_status},
          {"toolExecutionNotifications", notifications}};
}

Json artifacts(const Report& report, SourceText& sources) {
  std::set<std::string> names;
  for (const Finding& finding : report.findings) names.insert(finding.place.file);
  Json artifacts = Json::array();
  for (const std::string& name : names) {
    Json artifact = {{"location", sarif_artifact(name)}, {"sourceLanguage", "cplusplus"}};
    if (const SourceFile* file = sources.file(name)) {
      const auto* bytes = reinterpret_cast<const std::uint8_t*>(file->bytes.data());
      const auto digest = llvm::SHA256::hash(llvm::ArrayRef(bytes, file->bytes.size()));
      artifact["hashes"] = {{"sha-256", llvm::toHex(digest, /*LowerCase=*/true)}};
    }
    artifacts.push_back(artifact);
  }
  return artifacts;
}

}  // namespace

std::string as_sarif(const Report& report) {
  SarifSources sources{SourceText(report.root), {}};
  Json results = Json::array();
  for (const Finding* finding : worst_first(report))
    results.push_back(sarif_result(report, *finding, sources));
  const Json taxonomies = sarif_taxonomies(report);
  Json run = {{"tool", {{"driver", driver(report, !taxonomies.empty())}}},
              {"invocations", Json::array({invocation(report)})},
              {"originalUriBaseIds",
               {{"%SRCROOT%", {{"description", {{"text", "The root of the analysed project."}}}}}}},
              {"artifacts", artifacts(report, sources.text)},
              {"results", results}};
  if (!taxonomies.empty()) run["taxonomies"] = taxonomies;
  run["columnKind"] = "utf16CodeUnits";
  return json_text({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                    {"version", "2.1.0"},
                    {"runs", Json::array({run})}});
}

}  // namespace corolint
