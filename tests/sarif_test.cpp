// SARIF as hosts want it: valid with every rule in it, within their limits, with GitHub's own line hashes.

#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>
#include <random>

#include "fixture.h"
#include "output/output.h"
#include "output/sarif_limits.h"
#include "sample_report.h"
#include "sources.h"
#include "validators.h"

using namespace corolint;
using nlohmann::json;

namespace {

// Returns a report with a finding of every message of every rule there is, made from one that has all there
// can be.
Report with_every_rule(const Sample& sample) {
  Report report = sample.report;
  report.rules.clear();
  const Finding model = report.findings[1];
  report.findings.clear();
  for (const RuleEntry& entry : all_rules()) {
    report.rules.push_back(&entry);
    for (const Message& message : entry.rule.messages) {
      Finding finding = model;
      finding.rule = entry.name;
      finding.level = std::max(entry.rule.level, Level::note);
      finding.message_id = message.id;
      finding.arguments = {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"};
      finding.message = fill_in(message.text, finding.arguments);
      report.findings.push_back(finding);
    }
  }
  return report;
}

json run_of(const std::string& log) {
  return json::parse(log)["runs"][0];
}

std::string random_text(std::mt19937& random, std::size_t size) {
  std::string text;
  while (text.size() < size) text += static_cast<char>('0' + random() % 64);  // hard to compress
  return text;
}

// Returns the text of the first notification with the descriptor, or nothing.
std::string notification_of(const json& notifications, const std::string& id) {
  for (const json& one : notifications)
    if (one["descriptor"]["id"] == id) return one["message"]["text"];
  return {};
}

}  // namespace

TEST_SUITE_BEGIN("acceptance 2: SARIF");

TEST_CASE("sarif: a log that holds every message of every rule is valid for both judges, in each profile") {
  const Sample sample;
  const Report report = with_every_rule(sample);
  CHECK(report.findings.size() >= report.rules.size());
  for (const SarifProfile profile : {SarifProfile::full, SarifProfile::github, SarifProfile::gitlab}) {
    const std::string log = as_sarif(report, {profile, "linux-gcc"});
    const ScratchFolder folder(std::map<std::string, std::string>{{"log.sarif", log}});
    validate_sarif(folder.path() / "log.sarif");
    CHECK(run_of(log)["automationDetails"]["id"] == "linux-gcc/");
    CHECK(run_of(log)["results"].size() == report.findings.size());
  }
  CHECK(!run_of(as_sarif(report)).contains("automationDetails"));
}

TEST_CASE("sarif: every result's rule, message and fingerprints are there, and every rule is described") {
  const Sample sample;
  const json run = run_of(as_sarif(with_every_rule(sample)));
  const json& rules = run["tool"]["driver"]["rules"];
  CHECK(rules.size() == all_rules().size());
  for (const json& rule : rules) {
    CAPTURE(rule["id"].get<std::string>());
    CHECK(rule["help"]["markdown"].get<std::string>().find("```cpp") != std::string::npos);
    CHECK(rule["shortDescription"]["text"].get<std::string>().ends_with("."));
    CHECK(rule["name"] != rule["id"]);
    const json& properties = rule["properties"];
    if (rule.contains("relationships")) CHECK(properties["tags"].size() == 5);
    CHECK(properties["tags"].size() <= 8);
    if (properties.contains("precision"))
      CHECK(json({"very-high", "high", "medium", "low"}).dump().find(properties["precision"].dump()) !=
            std::string::npos);
  }
  for (const json& result : run["results"]) {
    CHECK(rules[result["ruleIndex"].get<std::size_t>()]["id"] == result["ruleId"]);
    CHECK(rules[result["ruleIndex"].get<std::size_t>()]["messageStrings"].contains(
        result["message"]["id"].get<std::string>()));
    CHECK(result["partialFingerprints"].size() == 2);
    CHECK(result["codeFlows"][0]["threadFlows"][0]["locations"].size() == 2);
    CHECK(result["relatedLocations"].size() == 2);
  }
}

TEST_CASE("sarif: where the project lies is said on request only") {
  const Sample sample;
  SarifOptions options;
  CHECK(as_sarif(sample.report, options).find(sample.report.root) == std::string::npos);
  options.with_root = true;
  const std::string log = as_sarif(sample.report, options);
  CHECK(run_of(log)["originalUriBaseIds"]["%SRCROOT%"]["uri"] == "file://" + sample.report.root + "/");
  const ScratchFolder folder(std::map<std::string, std::string>{{"log.sarif", log}});
  validate_sarif(folder.path() / "log.sarif");
}

TEST_CASE("sarif: a run that was interrupted, absent findings and times are valid, too") {
  Sample sample;
  Report& report = sample.report;
  report.interrupted_by = SIGINT;
  report.exit_status = 130;
  report.has_baseline = true;
  report.absent = {report.findings[1]};
  report.absent.push_back(report.findings[1]);
  report.absent.back().place = {"src/gone.cpp", 0, 0, 0, 0};  // as a baseline tells it
  SarifOptions options;
  options.with_absent = true;
  options.begin = "2026-01-31T12:00:00.000Z";
  options.end = "2026-01-31T12:00:01.500Z";
  const std::string log = as_sarif(report, options);
  const ScratchFolder folder(std::map<std::string, std::string>{{"log.sarif", log}});
  validate_sarif(folder.path() / "log.sarif");
  const json run = run_of(log);
  const json& invocation = run["invocations"][0];
  CHECK(invocation["executionSuccessful"] == false);
  CHECK(invocation["exitSignalName"] == "SIGINT");
  CHECK(invocation["startTimeUtc"] == options.begin);
  CHECK(invocation["endTimeUtc"] == options.end);
  CHECK(notification_of(invocation["toolExecutionNotifications"], "run-interrupted")
            .starts_with("The run was interrupted by SIGINT: "));
  const json& results = run["results"];
  REQUIRE(results.size() == report.findings.size() + 2);
  CHECK(results[0]["baselineState"] == "new");
  CHECK(results[results.size() - 2]["baselineState"] == "absent");
  CHECK(!results.back()["partialFingerprints"].contains("primaryLocationLineHash"));
  CHECK(results.back()["locations"][0]["physicalLocation"]["region"]["startLine"] == 1);  // a baseline knows no line
  CHECK(run_of(as_sarif(report))["results"].size() == report.findings.size());
}

TEST_CASE("sarif: times and absent findings are there on request, and only then") {
  const ScratchFolder folder(std::map<std::string, std::string>{
      {"a.cpp", lazy_task + "task g();\ntask f() {\n  g();\n  co_return;\n}\n"}, {"compile_flags.txt", "-std=c++20\n"}});
  REQUIRE(run_in(folder.path(), COROLINT " baseline create . && " COROLINT " check . --no-baseline --save old -q --exit-zero")
              .status == 0);
  folder.write("a.cpp", "int fixed;\n");
  const auto log_of = [&](const std::string& arguments) {
    const Outcome outcome = run_in(folder.path(), COROLINT " " + arguments + " -q -o sarif");
    CAPTURE(outcome.err);
    REQUIRE(outcome.status == 0);
    return run_of(outcome.out);
  };
  CHECK(log_of("check .")["results"].empty());
  CHECK(log_of("check .") == log_of("check . --no-cache"));
  const json absent = log_of("check . --include-absent --save new")["results"];
  REQUIRE(absent.size() == 1);
  CHECK(absent[0]["baselineState"] == "absent");
  CHECK(absent[0]["ruleId"] == "discarded-awaitable");
  const json compared = log_of("diff old new --include-absent")["results"];
  REQUIRE(compared.size() == 1);
  CHECK(compared[0]["baselineState"] == "absent");
  CHECK(compared[0]["partialFingerprints"] == absent[0]["partialFingerprints"]);

  const json invocation = log_of("check . --sarif-timestamps")["invocations"][0];
  const std::string begin = invocation["startTimeUtc"], end = invocation["endTimeUtc"];
  CHECK(begin.size() == 24);
  CHECK(begin.ends_with("Z"));
  CHECK(begin <= end);
  CHECK(!log_of("check .")["invocations"][0].contains("startTimeUtc"));
  const Outcome host = run_in(folder.path(), COROLINT " check . --include-absent --sarif-profile github");
  CHECK(host.status == 2);
  CHECK(host.err.find("github would take what is fixed for open") != std::string::npos);
}

TEST_CASE("sarif: a host gets no more results than it takes, the worst, and is told how many are missing") {
  Sample sample;
  Report& report = sample.report;
  const Finding minor = report.findings[0], severe = report.findings[1];
  report.findings.assign(5100, minor);
  report.findings.back() = severe;
  const json run = run_of(as_sarif(report, {SarifProfile::gitlab, ""}));
  CHECK(run["results"].size() == 5000);
  CHECK(run["results"][0]["level"] == "error");
  const json& notifications = run["invocations"][0]["toolExecutionNotifications"];
  CHECK(notification_of(notifications, "findings-left-out").starts_with("100 findings of the least serious"));
  CHECK(run_of(as_sarif(report))["results"].size() == 5100);
  CHECK(run_of(as_sarif(report, {SarifProfile::github, ""}))["results"].size() == 5100);
}

TEST_CASE("sarif: a host gets no more bytes than it takes, compressed") {
  Sample sample;
  std::mt19937 random(1);
  Finding finding = sample.report.findings[1];
  sample.report.findings.clear();
  for (int i = 0; i < 1600; ++i) {
    finding.arguments = {random_text(random, 10'000)};
    sample.report.findings.push_back(finding);
  }
  const std::string log = as_sarif(sample.report, {SarifProfile::github, ""});
  CHECK(compressed_size(log) <= 10'000'000);
  CHECK(run_of(log)["results"].size() < 1600);
  CHECK(run_of(log)["results"].size() > 1000);
  CHECK(log.find("of the least serious are left out") != std::string::npos);
}

TEST_CASE("sarif: line hashes are those of GitHub's action on any bytes") {
  std::mt19937 random(7);
  const std::vector<std::string> pieces = {"\n",           "\r\n",        "\r",
                                           "\t",           " ",           "a",
                                           "b(c);",        "\xC3\xA9",    "\xF0\x9F\x98\x80",
                                           "\xE2\x80\xA8", "// x",        "\r \n",
                                           "\xEF\xBB\xBF", "\xE4\xB8\xAD"};
  std::map<std::string, std::string> files = {
      {"bom.cpp", "\xEF\xBB\xBFint a;\n"},
      {"crlf.cpp", "int a;\r\n\tint b;\r\n"},
      {"empty.cpp", ""},
      {"wide.cpp", "auto s = \"\xF0\x9F\x98\x80\";\n  \xF0\x9F\x98\x80\n"},
      {"long.cpp", std::string(99, 'x') + "\xF0\x9F\x98\x80y\n"}};
  for (int i = 0; i < 40; ++i) {
    std::string& text = files["random" + std::to_string(i) + ".cpp"];
    for (int j = 0; j < 300; ++j) text += pieces[random() % pieces.size()];
  }
  const ScratchFolder folder(files);
  json expected = json::object();
  Report report;
  report.root = folder.path().string();
  Finding finding;
  finding.rule = "r";
  for (const auto& [name, text] : files)
    for (std::uint32_t line = 1; line <= 60; ++line) {
      finding.place = {name, line, 1, line, 1};
      report.findings.push_back(finding);
    }
  const json run = run_of(as_sarif(report));
  for (const json& result : run["results"]) {
    const json& place = result["locations"][0]["physicalLocation"];
    const json& prints = result["partialFingerprints"];
    if (prints.contains("primaryLocationLineHash"))
      expected[place["artifactLocation"]["uri"].get<std::string>()]
              [std::to_string(place["region"]["startLine"].get<int>())] = prints["primaryLocationLineHash"];
  }
  folder.write("hashes.json", expected.dump());
  validate("line_hashes.mjs", "'" + (folder.path() / "hashes.json").string() + "'");
}

TEST_SUITE_END();
