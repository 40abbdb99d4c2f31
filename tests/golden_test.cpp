// The outputs against files in tests/golden/, which are reviewed like code: nothing rewrites them.
// `@VERSION@` there stands for the tool's version.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "output/output.h"
#include "sample_report.h"

using namespace corolint;

TEST_SUITE_BEGIN("acceptance 7: formats");

TEST_CASE("each format gives the golden bytes") {
  const Sample sample;
  TextStyle folded;
  folded.context = 2;
  folded.width = 60;
  CHECK(as_full(sample.report, {}) == golden("full.txt"));
  CHECK(as_full(sample.report, folded) == golden("full_folded.txt"));
  CHECK(as_concise(sample.report) == golden("concise.txt"));
  CHECK(as_agent(sample.report) == golden("agent.txt"));
  CHECK(as_json(sample.report) == golden("report.json"));
  CHECK(as_sarif(sample.report) == golden("report.sarif"));
  CHECK(as_jsonl(sample.report) == golden("report.jsonl"));
  CHECK(as_github(sample.report) == golden("github.txt"));
  CHECK(as_gitlab(sample.report) == golden("gitlab.json"));
  CHECK(as_junit(sample.report) == golden("junit.xml"));
  CHECK(as_checkstyle(sample.report) == golden("checkstyle.xml"));
  CHECK(as_rdjsonl(sample.report) == golden("rdjsonl.txt"));
  CHECK(as_sonar(sample.report) == golden("sonar.json"));
  CHECK(as_markdown(sample.report) == golden("report.md"));
  CHECK(as_statistics(sample.report) == golden("statistics.txt"));
  CHECK(summary(sample.report) == golden("summary.txt"));
  CHECK(broken_units_text(sample.report) == golden("broken_units.txt"));
}

TEST_CASE("a report without findings, clean and broken") {
  Report report;
  report.units = 2;
  CHECK(as_full(report, {}) + as_concise(report) + broken_units_text(report) == "");
  CHECK(summary(report) == "Found no problems.\n2 of 2 units analysed in 0.0 s.\n");
  CHECK(nlohmann::json::parse(as_sarif(report))["runs"][0]["results"].is_array());
  report.broken = {{"a.cpp", "the worker crashed", {}, 0}};
  CHECK(summary(report) == "Found no problems in what could be analysed.\n1 of 2 units analysed in 0.0 s.\n");
  CHECK(broken_units_text(report) == "error: not fully analysed: a.cpp: the worker crashed\n");
}

TEST_CASE("colour only wraps what the text says anyway") {
  const Sample sample;
  std::string text = as_full(sample.report, {true});
  CHECK(text.find("\x1b[1;31merror[blocking-call-in-coroutine]:\x1b[0m") != std::string::npos);
  for (std::size_t at; (at = text.find('\x1b')) != std::string::npos;)
    text.erase(at, text.find('m', at) - at + 1);
  CHECK(text == as_full(sample.report, {}));
}

TEST_CASE("a long chain is folded in the middle, and shown whole on demand") {
  Sample sample;
  Finding& finding = sample.report.findings[1];
  finding.path.clear();
  for (int i = 1; i <= 12; ++i)
    finding.path.push_back({finding.place, "lib::f" + std::to_string(i), "calls on"});
  const std::string folded = as_full(sample.report, {});
  CHECK(folded.find("  … 6 calls in lib, shown by --chain full …\n") != std::string::npos);
  for (const char* shown : {" 3  lib::f3 ", "10  lib::f10 "}) CHECK(folded.find(shown) != std::string::npos);
  CHECK(folded.find("lib::f4 ") == std::string::npos);
  TextStyle style;
  style.chain = Chain::full;
  CHECK(as_full(sample.report, style).find(" 7  lib::f7 ") != std::string::npos);
  style.chain = Chain::none;
  CHECK(as_full(sample.report, style).find("lib::") == std::string::npos);
}

TEST_SUITE_END();
