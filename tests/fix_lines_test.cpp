// Fixes as the outputs show them.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "output/fix_lines.h"
#include "output/output.h"
#include "sample_report.h"
#include "validators.h"

using namespace corolint;
using nlohmann::json;

namespace {

Fix await_it() {
  return {"await it", Applicability::unsafe, {{{"a.cpp", 2, 3, 2, 3}, "co_await "}}};
}

Report with_fix(const ScratchFolder& folder) {
  Report report = single(folder, "void f() {\n  flush();\n}\n", {"", 2, 3, 2, 10});
  report.findings[0].fixes = {await_it()};
  return report;
}

}  // namespace

TEST_CASE("fixes: edits become lines before and after") {
  const ScratchFolder folder;
  const Report report = with_fix(folder);
  SourceText sources(report);
  const auto changes = changed_lines(report.findings[0].fixes[0], sources);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].first == 2);
  CHECK(changes[0].before == std::vector<std::string>{"  flush();"});
  CHECK(changes[0].after == std::vector<std::string>{"  co_await flush();"});
  Fix several = await_it();
  several.edits.push_back({{"a.cpp", 1, 1, 1, 5}, "task"});
  several.edits.push_back({{"a.cpp", 2, 10, 3, 1}, "\n  done();\n"});
  const auto joined = changed_lines(several, sources);
  REQUIRE(joined.size() == 1);
  CHECK(joined[0].after == std::vector<std::string>{"task f() {", "  co_await flush()", "  done();", "}"});
  several.edits.push_back({{"no.cpp", 1, 1, 1, 1}, "x"});
  CHECK(changed_lines(several, sources).empty());
}

TEST_CASE("fixes: full shows the change and how to apply it") {
  const ScratchFolder folder;
  Report report = with_fix(folder);
  CHECK(
      as_full(report, {})
          .find("help: await it\n"
                "  |\n"
                "2 -   flush();\n"
                "2 +   co_await flush();\n"
                "  |\n"
                "  = fix: unsafe, it may change what the program does; apply with --fix --unsafe-fixes\n") !=
      std::string::npos);
  report.findings[0].fixes[0].applicability = Applicability::safe;
  CHECK(as_full(report, {}).find("  = fix: safe; apply with --fix\n") != std::string::npos);
}

TEST_CASE("fixes: the summary and the statistics count them") {
  const ScratchFolder folder;
  Report report = with_fix(folder);
  CHECK(summary(report).find(" in 1 file; 1 has a fix (--diff --unsafe-fixes shows it).\n") !=
        std::string::npos);
  CHECK(as_statistics(report).find("  r (1 with a fix)\n") != std::string::npos);
  report.findings.push_back(report.findings[0]);
  for (Finding& finding : report.findings) finding.fixes[0].applicability = Applicability::safe;
  CHECK(summary(report).find("; 2 have a fix (--diff shows them).\n") != std::string::npos);
}

TEST_CASE("fixes: machine formats carry them, valid") {
  const ScratchFolder folder;
  const Report report = with_fix(folder);
  const json result = json::parse(as_sarif(report))["runs"][0]["results"][0];
  const json& change = result["fixes"][0]["artifactChanges"][0];
  CHECK(change["artifactLocation"]["uri"] == "a.cpp");
  CHECK(change["replacements"][0]["insertedContent"]["text"] == "co_await ");
  CHECK(change["replacements"][0]["deletedRegion"]["startColumn"] == 3);
  CHECK(result["properties"]["applicability"] == "unsafe");
  CHECK(json::parse(as_rdjsonl(report))["suggestions"][0]["text"] == "co_await ");
  CHECK(json::parse(as_json(report))["findings"][0]["fixes"][0]["message"] == "await it");
  validate_report("rdjsonl", as_rdjsonl(report));
}
