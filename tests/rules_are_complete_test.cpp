// What every rule owes its users. Each test says how much it saw: a test that passes on nothing is none.

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <regex>

#include "expectations.h"
#include "fixture.h"
#include "quiet_functions.h"
#include "rule/rule.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

// Returns the fenced blocks of the page that open with "```cpp kind".
std::vector<std::string> blocks(std::string_view page, const std::string& kind) {
  std::vector<std::string> found;
  const std::string open = "```cpp " + kind + "\n";
  for (std::size_t at = page.find(open); at != std::string_view::npos; at = page.find(open, at)) {
    at += open.size();
    found.emplace_back(page.substr(at, page.find("```", at) - at));
  }
  return found;
}

// Returns the findings of the rule in an example of its page.
UnitResult analyse_example(const std::string& block, const RuleEntry& rule) {
  const fs::path file = fs::temp_directory_path() / ("corolint-example-" + std::to_string(getpid()) + ".cpp");
  std::ofstream(file) << "#include \"prelude.h\"\n" << block;
  // An example is project code: the fixtures' root is moved to where it stands.
  const fs::path inside = fixtures_folder() / ("." + file.filename().string());
  fs::rename(file, inside);
  const UnitResult result = analyse_fixture(inside, {std::string(rule.name)});
  fs::remove(inside);
  return result;
}

struct Counts {
  std::size_t expected = 0;  // findings
  std::size_t quiet = 0;     // functions without one
};

Counts count_fixtures(const std::string& rule) {
  Counts counts;
  for (const auto& entry : fs::recursive_directory_iterator(fixtures_folder() / rule)) {
    if (!entry.is_regular_file()) continue;
    const std::string source = read_file(entry.path());
    const auto expectations = read_expectations(source, entry.path().string());
    for (const Expectation& expectation : expectations)
      counts.expected += expectation.kind == Expectation::Kind::expect;
    counts.quiet += count_quiet_functions(source, expectations);
  }
  return counts;
}

}  // namespace

TEST_CASE("there are rules, their names are kebab-case and sorted") {
  CHECK(all_rules().size() >= 5);
  CHECK(std::is_sorted(all_rules().begin(), all_rules().end(),
                       [](const auto& a, const auto& b) { return a.name < b.name; }));
  for (const RuleEntry& rule : all_rules())
    CHECK(std::regex_match(std::string(rule.name), std::regex("[a-z0-9]+(-[a-z0-9]+)*")));
}

TEST_SUITE_BEGIN("acceptance 8: help, manual, completions and schema agree");

TEST_CASE("every page has its headings in order, a short summary and a good and a bad example") {
  for (const RuleEntry& rule : all_rules()) {
    CAPTURE(rule.name);
    CHECK(rule.page.starts_with("# " + std::string(rule.name) + "\n"));
    CHECK(!rule.summary().empty());
    CHECK(rule.summary().size() <= 120);
    std::size_t at = 0;
    for (const char* heading : {"What goes wrong", "Example", "Instead", "Limits"}) {
      const std::size_t found = rule.page.find("\n## " + std::string(heading) + "\n", at);
      CHECK_MESSAGE(found != std::string_view::npos,
                    "no heading '" << heading << "' here, or not in this order");
      at = found;
    }
    CHECK(!blocks(rule.section("Example"), "bad").empty());
    CHECK(!blocks(rule.section("Instead"), "good").empty());
  }
}

TEST_CASE("examples of the pages behave: a bad one gives one finding, a good one none") {
  for (const RuleEntry& rule : all_rules())
    for (const auto& [kind, expected] : {std::pair("bad", 1u), std::pair("good", 0u)})
      for (const std::string& block : blocks(rule.page, kind)) {
        CAPTURE(rule.name);
        CAPTURE(block);
        const UnitResult result = analyse_example(block, rule);
        CHECK_MESSAGE(!result.broken, (result.broken ? result.broken->errors.front().message : ""));
        CHECK(result.findings.size() == expected);
      }
}

TEST_SUITE_END();

TEST_CASE(
    "every rule has ten expected findings and ten quiet twins, and declares messages, level and weakness") {
  for (const RuleEntry& rule : all_rules()) {
    CAPTURE(rule.name);
    const Counts counts = count_fixtures(std::string(rule.name));
    CHECK(counts.expected >= 10);
    CHECK(counts.quiet >= 10);
    CHECK(!rule.rule.messages.empty());
    CHECK((rule.rule.check != nullptr));
    CHECK(rule.rule.cwe > 0);
  }
}

TEST_CASE("every message that fixtures give is declared, and every declared one is given") {
  for (const RuleEntry& rule : all_rules()) {
    CAPTURE(rule.name);
    std::vector<std::string> given;
    for (const fs::path& fixture : fixtures_in(fixtures_folder() / rule.name))
      for (const Finding& finding : analyse_fixture(fixture, {std::string(rule.name)}).findings) {
        given.push_back(finding.message_id);
        CHECK_MESSAGE(finding.message.find('{') == std::string::npos, finding.message);
        CHECK_MESSAGE(!finding.label.empty(), finding.message);
        CHECK_MESSAGE(!finding.help.empty(), finding.message);
      }
    for (const Message& message : rule.rule.messages)
      CHECK_MESSAGE(std::find(given.begin(), given.end(), message.id) != given.end(),
                    "never given: " << message.id);
    for (const std::string& id : given)
      CHECK_MESSAGE(std::any_of(rule.rule.messages.begin(), rule.rule.messages.end(),
                                [&](const Message& message) { return message.id == id; }),
                    "not declared: " << id);
  }
}

TEST_CASE("every folder of fixtures belongs to a rule") {
  for (const auto& entry : fs::directory_iterator(fixtures_folder())) {
    if (!entry.is_directory()) continue;
    const std::string name = entry.path().filename().string();
    const bool is_rule = std::any_of(all_rules().begin(), all_rules().end(),
                                     [&](const RuleEntry& rule) { return rule.name == name; });
    CHECK_MESSAGE((is_rule || name == "clean" || name == "demo" || name == "lib" || name == "models"),
                  "fixtures/" << name << " belongs to no rule");
  }
}
