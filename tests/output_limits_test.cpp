// What hosts and parsers demand of the outputs, whatever a report holds: lengths, numbers, clean bytes.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "output/fold.h"
#include "output/output.h"
#include "output/sarif_place.h"
#include "sample_report.h"

using namespace corolint;

TEST_CASE("texts keep to the limits of the hosts") {
  CHECK(shortened("One. Two.", 9) == "One. Two.");
  CHECK(shortened("One two. Three four.", 12) == "One two.");
  CHECK(shortened("one two three", 10) == "one two…");
  CHECK(shortened("ééééé", 8) == "éé…");
  for (std::size_t limit = 4; limit < 40; ++limit)
    CHECK(shortened("été, deux mots et un-mot-très-long. Fin", limit).size() <= limit);
  Sample sample;
  sample.page = "# r\n\n" + std::string(400, 'a') + "\n\n## What goes wrong\n\n" + std::string(4000, 'b');
  sample.blocking.page = sample.page;
  Finding& finding = sample.report.findings[1];
  finding.message = std::string(5000, 'x');
  finding.help = std::string(990, 'y');
  finding.path = std::vector<Step>(300, finding.path[0]);
  const nlohmann::json run = nlohmann::json::parse(as_sarif(sample.report))["runs"][0];
  for (const auto& result : run["results"])
    CHECK(result["message"]["text"].get<std::string>().size() <= 1000);
  CHECK(run["results"][0]["codeFlows"][0]["threadFlows"][0]["locations"].size() == 100);
  for (const auto& rule : run["tool"]["driver"]["rules"]) {
    CHECK(rule["properties"]["tags"].size() <= 8);
    CHECK(rule["shortDescription"]["text"].get<std::string>().size() <= 120);
    CHECK(rule["fullDescription"]["text"].get<std::string>().size() <= 1000);
    CHECK(!rule["help"]["text"].get<std::string>().empty());
  }
}

TEST_CASE("no bytes in names or messages break a format") {
  Sample sample;
  Report& report = sample.report;
  report.findings[1].message = "bad \xFF\xC3 [a](b)\n";
  report.findings[1].function = "\x80";
  CHECK(nlohmann::json::parse(as_json(report)).is_object());
  const nlohmann::json log = nlohmann::json::parse(as_sarif(report));
  const std::string text = log["runs"][0]["results"][0]["message"]["text"];
  CHECK(text.starts_with("bad \uFFFD\uFFFD \\[a\\](b)"));
  CHECK(as_concise(report).find("bad \uFFFD\uFFFD [a](b)\u240A [") != std::string::npos);
  CHECK(uri_of("a:b/c++ d/é.cpp") == "a%3Ab/c++%20d/%C3%A9.cpp");
  CHECK(uri_of("/usr/x.h") == "file:///usr/x.h");
}
