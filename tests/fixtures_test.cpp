// Every fixture says in comments what it expects; every finding must be expected and every expectation met.
// The files are found at run time: a new fixture needs no build.

#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "expectations.h"
#include "fixture.h"
#include "rule/rule.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> files_in(const fs::path& folder, const std::string& extension) {
  std::vector<fs::path> files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == extension) files.push_back(fs::canonical(entry.path()));
  std::sort(files.begin(), files.end());
  return files;
}

std::string shown(const fs::path& file) {
  return fs::relative(file, fs::canonical(fixtures_folder())).string();
}

// Returns the fixture's sources and the headers beside them that they include.
std::vector<fs::path> own_files(const fs::path& fixture) {
  std::set<fs::path> files;
  const std::regex include(R"re(#include "([^"]+)")re");
  for (const fs::path& source : sources_of(fixture)) {
    files.insert(source);
    const std::string text = read_file(source);
    for (auto it = std::sregex_iterator(text.begin(), text.end(), include); it != std::sregex_iterator();
         ++it)
      if (const fs::path header = source.parent_path() / (*it)[1].str(); fs::exists(header))
        files.insert(header);
  }
  return {files.begin(), files.end()};
}

// Checks one fixture and returns the files whose expectations it has read.
std::vector<fs::path> check_fixture(const fs::path& fixture, const std::vector<std::string>& rules) {
  const UnitResult result = analyse_fixture(fixture, rules);
  if (result.broken)
    for (const CompilerError& error : result.broken->errors)
      FAIL_CHECK(error.place.file << ":" << error.place.line << ": does not compile: " << error.message);
  std::vector<Expectation> expectations;
  const auto files = own_files(fixture);
  for (const fs::path& file : files)
    for (Expectation& expectation : read_expectations(read_file(file), shown(file)))
      expectations.push_back(std::move(expectation));
  for (const std::string& difference : differences(expectations, result.findings)) FAIL_CHECK(difference);
  return files;
}

}  // namespace

TEST_CASE("fixtures") {
  for (const RuleEntry& rule : all_rules()) {
    const fs::path folder = fixtures_folder() / rule.name;
    REQUIRE_MESSAGE(fs::exists(folder), "fixtures/" << rule.name << " is missing");
    std::set<fs::path> read;
    const auto fixtures = fixtures_in(folder);
    CHECK_MESSAGE(!fixtures.empty(), "fixtures/" << rule.name << " holds no fixture");
    for (const fs::path& fixture : fixtures) {
      SUBCASE(shown(fixture).c_str()) {
        for (const fs::path& file : check_fixture(fixture, {std::string(rule.name)})) read.insert(file);
      }
    }
  }
}

TEST_CASE("no header of expectations is left unread") {
  for (const RuleEntry& rule : all_rules()) {
    std::set<fs::path> read;
    for (const fs::path& fixture : fixtures_in(fixtures_folder() / rule.name))
      for (const fs::path& file : own_files(fixture)) read.insert(file);
    for (const fs::path& header : files_in(fixtures_folder() / rule.name, ".h"))
      CHECK_MESSAGE(read.contains(header), shown(header) << " is included by no fixture");
  }
}

TEST_CASE("clean code is clean under all rules") {
  const auto fixtures = fixtures_in(fixtures_folder() / "clean");
  CHECK(fixtures.size() >= 4);
  for (const fs::path& fixture : fixtures) {
    SUBCASE(shown(fixture).c_str()) {
      check_fixture(fixture, {});
    }
  }
}
