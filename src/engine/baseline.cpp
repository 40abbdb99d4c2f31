#include "engine/baseline.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/fingerprint.h"
#include "engine/json_error.h"
#include "engine/own_rules.h"

namespace corolint {

namespace {

using Json = nlohmann::ordered_json;

constexpr int baseline_version = 1;

Json json_of(const KnownFinding& one) {
  Json line = {{"rule", one.rule}, {"id", one.id}, {"file", one.file}, {"in", one.in}, {"code", one.code}};
  if (!one.sink.empty()) line["sink"] = one.sink;
  line["context"] = one.context;
  line["reason"] = one.reason;
  return line;
}

KnownFinding known_from(const Json& line) {
  KnownFinding one;
  line.at("rule").get_to(one.rule);
  line.at("id").get_to(one.id);
  line.at("file").get_to(one.file);
  one.in = line.value("in", "");
  one.code = line.value("code", "");
  one.sink = line.value("sink", "");
  one.context = line.value("context", "");
  one.reason = line.value("reason", "");
  return one;
}

// Sorted by file first, so that a line stays where it is when another file changes.
auto order_of(const KnownFinding& one) {
  return std::tie(one.file, one.rule, one.in, one.code, one.id, one.sink, one.context, one.reason);
}

Finding absent_finding(const KnownFinding& one) {
  Finding finding;
  finding.rule = one.rule;
  finding.place.file = one.file;
  finding.message = "no longer found: " + (one.code.empty() ? one.rule : "'" + one.code + "'") +
                    (one.in.empty() ? "" : " in '" + one.in + "'");
  finding.entity = finding.function = one.in;
  finding.anchor = one.code;
  finding.sink = one.sink;
  finding.context = one.context;
  finding.fingerprint = one.id;
  if (const RuleEntry* rule = find_rule(one.rule)) finding.level = rule->rule.level;
  return finding;
}

}  // namespace

std::string baseline_text(const Baseline& baseline) {
  std::vector<KnownFinding> findings = baseline.findings;
  std::sort(findings.begin(), findings.end(),
            [](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
  std::string text = "{\"version\": " + std::to_string(baseline_version) + ", \"fingerprint\": \"" +
                     baseline.fingerprint + "\", \"findings\": [\n";
  for (const KnownFinding& one : findings)
    text += json_of(one).dump(-1, ' ', false, Json::error_handler_t::replace) +
            (&one == &findings.back() ? "\n" : ",\n");
  return text + "]}\n";
}

llvm::Expected<Baseline> baseline_from_text(std::string_view text, const std::string& file) {
  try {
    const Json document = Json::parse(text);
    if (document.at("version") != baseline_version)
      return llvm::createStringError("the baseline %s is of a newer corolint (version %s)", file.c_str(),
                                     document.at("version").dump().c_str());
    Baseline baseline;
    document.at("fingerprint").get_to(baseline.fingerprint);
    for (const Json& line : document.at("findings")) baseline.findings.push_back(known_from(line));
    return baseline;
  } catch (const Json::exception& error) {
    return llvm::createStringError(
        "%s is no baseline: %s; 'corolint baseline create' makes one, and after a merge with conflicts keep "
        "the lines of both sides",
        file.c_str(), problem_of(error).c_str());
  }
}

std::vector<KnownFinding> known_findings(const Report& report) {
  std::vector<KnownFinding> all;
  for (const Finding& finding : report.findings) all.push_back(known(finding));
  for (const HiddenFinding& hidden : report.hidden)
    if (hidden.by == HiddenFinding::By::baseline) {
      all.push_back(known(hidden.finding));
      all.back().reason = hidden.reason;
    }
  return all;
}

bool is_covered(const Report& report, const std::string& file) {
  const auto is_of_file = [&](const BrokenUnit& unit) { return unit.file == file; };
  // A header is seen through units: only a whole run that could read all of them has seen all of it.
  return report.broken.empty()
             ? report.is_whole || std::binary_search(report.files.begin(), report.files.end(), file)
             : std::binary_search(report.files.begin(), report.files.end(), file) &&
                   std::none_of(report.broken.begin(), report.broken.end(), is_of_file);
}

void apply_baseline(const Baseline& baseline, const std::map<std::string, std::string>& renames,
                    Report& report) {
  std::vector<KnownFinding> now;
  for (const Finding& finding : report.findings) now.push_back(known(finding));
  std::vector<const KnownFinding*> hiding(now.size());
  std::vector<bool> is_there(baseline.findings.size());
  for (const Pair& pair : match(baseline.findings, now, renames)) {
    hiding[pair.now] = &baseline.findings[pair.old];
    is_there[pair.old] = true;
  }
  std::vector<Finding> fresh;
  for (std::size_t i = 0; i < now.size(); ++i)
    if (hiding[i])
      report.hidden.push_back(
          {std::move(report.findings[i]), HiddenFinding::By::baseline, hiding[i]->reason});
    else
      fresh.push_back(std::move(report.findings[i]));
  report.findings = std::move(fresh);
  for (std::size_t i = 0; i < is_there.size(); ++i)
    if (!is_there[i] && is_covered(report, baseline.findings[i].file))
      report.absent.push_back(absent_finding(baseline.findings[i]));
  report.has_baseline = true;
  std::sort(report.hidden.begin(), report.hidden.end());
}

void compare_with(const Report& old, const std::map<std::string, std::string>& renames, Report& report) {
  apply_baseline({std::string(fingerprint_version), known_findings(old)}, renames, report);
}

}  // namespace corolint
