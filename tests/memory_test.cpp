// A worker analyses unit after unit: what one took must come back.

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "answers.h"
#include "fixture.h"
#include "rule/rule.h"

using namespace corolint;

namespace {

std::uint64_t resident_kilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    std::istringstream words(line);
    std::string key;
    std::uint64_t kilobytes = 0;
    if (words >> key >> kilobytes && key == "VmRSS:") return kilobytes;
  }
  return 0;
}

// Analyses `count` units in one worker and checks that its size after the last is that after the first tenth.
void check_flat(std::size_t count) {
  const auto file = fixtures_folder() / "clean" / "line_server.cpp";
  std::vector<std::string> rules;
  for (const RuleEntry& rule : all_rules()) rules.emplace_back(rule.name);
  const auto work = [&](std::size_t) {
    analyse_fixture(file, rules);
    return std::to_string(resident_kilobytes());
  };
  const auto answers = answers_of(count, {1}, work);
  REQUIRE(answers.back().failure.empty());
  const double early = std::stod(answers[count / 10].text), late = std::stod(answers[count - 1].text);
  MESSAGE("after " << count / 10 << " units " << early << " kB, after " << count << " units " << late
                   << " kB");
  CHECK(late < early * 1.1);
}

}  // namespace

TEST_CASE("memory: a worker does not grow with the units that it has analysed") {
  check_flat(60);
}

TEST_CASE("soak: 500 units in one worker" * doctest::skip()) {
  check_flat(500);
}
