// SARIF 2.1.0 as code review hosts read it. The log has one run, since GitHub refuses several of one
// category; it names no machine, user or time, so equal inputs give equal bytes anywhere; paths hang on
// %SRCROOT%, which is described but not resolved for the same reason. A unit that could not be analysed is a
// notification, not an unsuccessful run: GitHub would drop the whole upload. One that was interrupted is unsuccessful: what is
// missing in it would be taken for fixed.

#include "output/json_text.h"
#include "output/output.h"
#include "output/sarif_limits.h"
#include "output/sarif_notification.h"
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

Json driver(const Report& report, bool has_taxonomies) {
  Json driver = {{"name", "corolint"},           {"semanticVersion", tool_version()},
                 {"organization", "corolint"},   {"informationUri", "https://github.com/corolint/corolint"},
                 {"rules", sarif_rules(report)}, {"notifications", sarif_notification_descriptors()}};
  if (has_taxonomies) driver["supportedTaxonomies"] = Json::array({{{"name", "CWE"}, {"index", 0}}});
  return driver;
}

Json invocation(const Report& report, const SarifOptions& options, std::size_t number_left_out) {
  const bool is_whole =
      report.interrupted_by == 0 && std::ranges::none_of(report.broken, &BrokenUnit::is_internal);
  Json invocation = {{"executionSuccessful", is_whole}, {"exitCode", report.exit_status}};
  if (report.interrupted_by != 0) {
    invocation["exitSignalName"] = signal_name(report.interrupted_by);
    invocation["exitSignalNumber"] = report.interrupted_by;
  }
  if (!options.begin.empty()) {
    invocation["startTimeUtc"] = options.begin;
    invocation["endTimeUtc"] = options.end;
  }
  invocation["toolExecutionNotifications"] = sarif_notifications(report, number_left_out);
  return invocation;
}

Json artifacts(const std::vector<const Finding*>& findings, SourceText& sources) {
  std::set<std::string> names;
  for (const Finding* finding : findings) names.insert(finding->place.file);
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

// What paths hang on. Where that lies is of this machine, so it is said on request only.
Json base_of(const Report& report, const SarifOptions& options) {
  Json base = {{"description", {{"text", "The root of the analysed project."}}}};
  if (options.with_root) base["uri"] = uri_of(report.root) + (report.root.ends_with('/') ? "" : "/");
  return base;
}

// Returns the log with the `number` most serious findings.
std::string log_of(const Report& report, const SarifOptions& options, std::size_t number) {
  SarifSources sources{SourceText(report), {}};
  std::vector<const Finding*> findings = worst_first(report);
  findings.resize(number);
  Json results = Json::array();
  for (const Finding* finding : findings) results.push_back(sarif_result(report, *finding, sources));
  if (options.hidden == Hidden::told)
    for (const HiddenFinding& hidden : report.hidden) {
      results.push_back(sarif_result(report, hidden.finding, sources));
      mark_hidden(results.back(), hidden);
    }
  if (options.with_absent)
    for (const Finding& finding : report.absent) {
      results.push_back(sarif_result(report, finding, sources));
      mark_absent(results.back());
    }
  const Json taxonomies = sarif_taxonomies(report);
  Json run = {{"tool", {{"driver", driver(report, !taxonomies.empty())}}},
              {"invocations", Json::array({invocation(report, options, report.findings.size() - number)})},
              {"originalUriBaseIds", {{"%SRCROOT%", base_of(report, options)}}},
              {"artifacts", artifacts(findings, sources.text)},
              {"results", results}};
  if (!options.category.empty()) run["automationDetails"] = {{"id", options.category + "/"}};
  if (!taxonomies.empty()) run["taxonomies"] = taxonomies;
  run["columnKind"] = "utf16CodeUnits";
  return json_text({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                    {"version", "2.1.0"},
                    {"runs", Json::array({run})}});
}

}  // namespace

std::string as_sarif(const Report& report, const SarifOptions& options) {
  const HostLimits limits = limits_of(options.profile);
  std::size_t number = std::min(report.findings.size(), limits.results);
  std::string log = log_of(report, options, number);
  if (options.profile == SarifProfile::full) return log;
  // Findings are alike in size, so that a share of them takes about that share of the bytes.
  for (std::size_t size = compressed_size(log); number > 0 && size > limits.compressed_bytes;
       size = compressed_size(log)) {
    number = std::min(number - 1, number * limits.compressed_bytes / size);
    log = log_of(report, options, number);
  }
  return log;
}

}  // namespace corolint
