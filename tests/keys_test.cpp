// The shapes that the rules promise, by their keys in the catalogue of peer rules: each is named by a fixture
// of its rule, and shapes of real fixes stand beside them.

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "fixture.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

std::map<std::string, std::set<std::string>> promised() {
  const auto numbered = [](const std::string& group, std::initializer_list<int> numbers) {
    std::set<std::string> keys;
    for (const int number : numbers) keys.insert(group + (number < 10 ? "-0" : "-") + std::to_string(number));
    return keys;
  };
  return {
      {"blocking-call-in-coroutine", numbered("BLK", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})},
      {"discarded-awaitable", numbered("DSC", {1, 2, 3, 6, 7, 8, 9, 10, 12})},
      {"unbounded-fan-out", numbered("FAN", {1, 2, 3, 4, 5, 6, 7})},
      {"swallowed-cancellation", numbered("CAN", {1, 2, 3, 4, 5, 6, 7})},
      {"missing-timeout", numbered("TMO", {1, 2, 10})},
      {"lock-held-across-suspension", numbered("LCK", {1, 2, 3, 4, 6})},
      {"coroutine-lambda-capture", numbered("LIF", {5})},
      {"awaitable-outlives-argument", numbered("LIF", {1, 2, 3, 4})},
      {"unawaited-return", numbered("LIF", {10})},
      {"never-awaited-local", numbered("DSC", {4})},
      {"unjoined-scope", numbered("CLN", {2, 3})},
      {"this-used-after-suspension", numbered("LIF", {6})},
      {"dangling-coroutine-parameter", numbered("LIF", {1, 2, 3})},
      {"lost-error-in-detached-task", numbered("DET", {1, 3, 5, 8})},
  };
}

// Returns the texts of the rule's fixtures.
std::vector<std::string> texts_of(const std::string& rule) {
  std::vector<std::string> texts;
  for (const auto& entry : fs::recursive_directory_iterator(fixtures_folder() / rule))
    if (entry.is_regular_file()) texts.push_back(read_file(entry.path()));
  return texts;
}

}  // namespace

TEST_CASE("every shape that a rule promises is named by a fixture of the rule") {
  for (const auto& [rule, keys] : promised()) {
    const auto texts = texts_of(rule);
    for (const std::string& key : keys) {
      CAPTURE(rule);
      const bool is_named = std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
        return text.find(key) != std::string::npos;
      });
      CHECK_MESSAGE(is_named, "no fixture names " << key);
    }
  }
}

TEST_CASE("nine of ten shapes of real fixes are found, and each says where it is from") {
  const std::regex address("https://github\\.com/[^/\\s]+/[^/\\s]+/(commit|pull)/[0-9a-f]+");
  std::size_t shapes = 0, missed = 0;
  for (const auto& [rule, keys] : promised())
    for (const auto& entry : fs::directory_iterator(fixtures_folder() / rule)) {
      if (!entry.path().filename().string().starts_with("from-history-")) continue;
      const std::string text = read_file(entry.path());
      const bool is_found = text.find("// expect:") != std::string::npos;
      CAPTURE(entry.path().string());
      CHECK(std::regex_search(text, address));
      CHECK((is_found || text.find("// missed-alarm:") != std::string::npos));
      ++shapes;
      missed += !is_found;
    }
  MESSAGE(shapes << " shapes, " << missed << " of them missed");
  CHECK(shapes >= 25);
  CHECK(missed * 10 <= shapes);
}
