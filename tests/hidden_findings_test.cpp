// What comments and the baseline hide: told on request, marked, in every format that knows a mark for it.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "fixture.h"
#include "output/format.h"
#include "output/output.h"
#include "sample_report.h"
#include "validators.h"

using namespace corolint;
using nlohmann::json;

namespace {

// The sample's finding once more, hidden in both ways.
Report with_hidden(const Sample& sample) {
  Report report = sample.report;
  const Finding finding = report.findings[1];
  report.hidden = {{finding, HiddenFinding::By::comment, "known to its owners"},
                   {finding, HiddenFinding::By::baseline, ""}};
  return report;
}

std::string rendered(const Format& format, const Report& report, Hidden hidden) {
  TextStyle style;
  style.hidden = hidden;
  SarifOptions sarif;
  sarif.hidden = hidden;
  return format.render({report, report, style, sarif, hidden});
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("hidden findings: no format tells them unasked, and those that know no mark never do") {
  const Sample sample;
  const Report report = with_hidden(sample);
  const std::set<std::string_view> marking = {"full", "concise", "agent", "markdown", "html",
                                              "json", "jsonl",   "sarif", "junit"};
  for (const Format& format : formats()) {
    if (!format.is_built_in) continue;
    CAPTURE(format.name);
    const std::string usual = rendered(format, report, Hidden::left_out);
    CHECK(!has(usual, "known to its owners"));
    CHECK(has(rendered(format, report, Hidden::told), "known to its owners") ==
          marking.contains(format.name));
    if (!marking.contains(format.name)) CHECK(rendered(format, report, Hidden::told) == usual);
  }
}

TEST_CASE("hidden findings: the marks") {
  const Sample sample;
  const Report report = with_hidden(sample);
  CHECK(has(as_concise(report, Hidden::told),
            " [blocking-call-in-coroutine] (suppressed: known to its owners)\n"));
  CHECK(has(as_concise(report, Hidden::told), " [blocking-call-in-coroutine] (in the baseline)\n"));
  TextStyle style;
  style.hidden = Hidden::told;
  CHECK(has(as_full(report, style), "error[blocking-call-in-coroutine] (in the baseline): "));
  const json document = json::parse(as_json(report, Hidden::told));
  CHECK(document["findings"].size() == 2);
  CHECK(document["counts"]["hidden"] == 2);
  CHECK(document["hidden_findings"][0]["hidden_by"] == "comment");
  CHECK(document["hidden_findings"][1]["hidden_by"] == "baseline");
  CHECK(has(as_markdown(report, Hidden::told), "<details><summary>2 hidden</summary>"));
  for (const auto& [name, text] :
       std::map<std::string, std::string>{{"json", as_json(report, Hidden::told)},
                                          {"jsonl", as_jsonl(report, Hidden::told)},
                                          {"junit", as_junit(report, Hidden::told)}})
    validate_report(name, text);
}

TEST_SUITE_BEGIN("acceptance 2: SARIF");

TEST_CASE("hidden findings: a SARIF log has them as suppressed or unchanged, and stays valid") {
  Sample sample;
  sample.report = with_hidden(sample);
  sample.report.has_baseline = true;
  const auto results = [&](Hidden hidden) {
    SarifOptions options;
    options.hidden = hidden;
    const ScratchFolder folder(
        std::map<std::string, std::string>{{"log.sarif", as_sarif(sample.report, options)}});
    validate_sarif(folder.path() / "log.sarif");
    return json::parse(as_sarif(sample.report, options))["runs"][0]["results"];
  };
  CHECK(results(Hidden::left_out).size() == 2);
  CHECK(results(Hidden::left_out)[0]["baselineState"] == "new");
  const json all = results(Hidden::told);
  REQUIRE(all.size() == 4);
  CHECK(all[2]["suppressions"][0]["kind"] == "inSource");
  CHECK(all[2]["suppressions"][0]["justification"] == "known to its owners");
  CHECK(all[3]["baselineState"] == "unchanged");
  CHECK(all[3]["suppressions"][0]["kind"] == "external");
}

TEST_SUITE_END();
