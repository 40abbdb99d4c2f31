// Boost.Asio's and Beast's own coroutine examples, with real headers: all rules, every unit, and findings
// equal to a list that was read one by one (tests/boost_examples/findings.json). The logs are checked by the
// validators of tests/validators.

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "fixture.h"
#include "program.h"
#include "validators.h"

using namespace corolint;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

const fs::path examples = "/usr/share/doc/libboost1.81-doc/examples/libs";
// Needs a header that lies outside the examples' own folder: it does not parse with -std=c++20 alone.
const std::string unparsable =
    "beast/example/advanced/server-flex-awaitable/advanced_server_flex_awaitable.cpp";

std::vector<std::string> coroutine_examples() {
  std::vector<std::string> files;
  for (const char* library : {"asio", "beast"})
    for (const auto& entry : fs::recursive_directory_iterator(examples / library / "example"))
      if (entry.path().extension() == ".cpp" && read_file(entry.path()).find("co_await") != std::string::npos)
        files.push_back(fs::relative(entry.path(), examples).string());
  std::sort(files.begin(), files.end());
  return files;
}

std::string database_of(const std::vector<std::string>& files) {
  json entries = json::array();
  for (const std::string& file : files)
    entries.push_back(
        {{"directory", examples.string()}, {"file", file}, {"arguments", {"g++", "-std=c++20", "-c", file}}});
  return entries.dump();
}

std::set<std::string> lines_of(const json& findings) {
  std::set<std::string> lines;
  for (const json& finding : findings) {
    const json& place = finding.contains("place") ? finding.at("place") : finding;
    lines.insert(place.at("file").get<std::string>() + ":" + std::to_string(place.at("line").get<int>()) +
                 " " + finding.at("rule").get<std::string>());
  }
  return lines;
}

}  // namespace

TEST_CASE("Boost's coroutine examples: every unit analysed, findings as reviewed") {
  REQUIRE_MESSAGE(fs::exists(examples), "install libboost1.81-doc");
  auto files = coroutine_examples();
  REQUIRE(files.size() == 23);
  std::erase(files, unparsable);
  const ScratchFolder folder(
      std::map<std::string, std::string>{{"compile_commands.json", database_of(files)}});
  const Outcome outcome =
      run_corolint(examples, "check -p '" + folder.path().string() + "' -o json -o sarif:'" +
                                 (folder.path() / "log.sarif").string() + "'");
  CAPTURE(outcome.err);
  CHECK(outcome.err.find("22 of 22 units analysed") != std::string::npos);
  const json reviewed = json::parse(read_file(fs::path(SOURCE_DIR) / "tests/boost_examples/findings.json"));
  CHECK(reviewed.size() >= 30);
  const auto found = lines_of(json::parse(outcome.out).at("findings")), expected = lines_of(reviewed);
  for (const std::string& line : found) CHECK_MESSAGE(expected.contains(line), "new: " << line);
  for (const std::string& line : expected) CHECK_MESSAGE(found.contains(line), "gone: " << line);
  for (const json& finding : reviewed) {
    CHECK(finding.at("verdict") == "right");
    CHECK(finding.at("why").get<std::string>().size() > 20);
  }
  validate_sarif(folder.path() / "log.sarif");
}

TEST_CASE("an example that needs other include folders is reported as not parsed") {
  const Outcome outcome = run_corolint(examples, "check " + unparsable + " -- -std=c++20");
  CHECK(outcome.status == 3);
  CHECK(outcome.err.find("server_certificate.hpp' file not found") != std::string::npos);
}

TEST_SUITE_BEGIN("acceptance 2: SARIF");

TEST_CASE("the demo's SARIF is valid") {
  const ScratchFolder folder;
  const fs::path log = folder.path() / "demo.sarif";
  CHECK(run_corolint(SOURCE_DIR, "check fixtures/demo -o sarif:'" + log.string() + "'").status == 1);
  validate_sarif(log);
}

TEST_CASE("the validators reject broken logs") {
  validate("sarif.mjs", "--self-test");
}

TEST_SUITE_END();
