// The outputs against files in tests/golden/, which are reviewed like code: nothing rewrites them.
// `@VERSION@` there stands for the tool's version.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "output/output.h"
#include "sample_report.h"

using namespace corolint;

TEST_CASE("each format gives the golden bytes") {
  const Sample sample;
  TextStyle folded;
  folded.context = 2;
  folded.width = 60;
  CHECK(as_full(sample.report, {}) == golden("full.txt"));
  CHECK(as_full(sample.report, folded) == golden("full_folded.txt"));
  CHECK(as_concise(sample.report) == golden("concise.txt"));
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
