// The corpus of the fuzzers (`./dev fuzz` runs them), and what once crashed a reader, as a test.

#include <doctest/doctest.h>

#include "engine/plan.h"
#include "engine/stage_files.h"
#include "fixture.h"
#include "fuzz/targets.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

template <typename Value>
bool is_read(llvm::Expected<Value> value) {
  if (value) return true;
  MESSAGE(llvm::toString(value.takeError()));
  return false;
}

}  // namespace

TEST_CASE("fuzz: the corpora of plans, facts and results begin with what can be read") {
  const fs::path corpus = fs::path(TESTS_DIR) / "fuzz/corpus";
  CHECK(is_read(plan_from_json(read_file(corpus / "plan/one_unit.json"), "plan")));
  CHECK(is_read(facts_from_text(read_file(corpus / "facts/one_unit.json"), "facts")));
  CHECK(is_read(result_from_text(read_file(corpus / "result/one_unit.json"), "result")));
}

TEST_CASE("fuzz: a number that is not whole is refused, not cut down") {
  const std::string facts = read_file(fs::path(TESTS_DIR) / "fuzz/corpus/facts/one_unit.json");
  const std::size_t place = facts.find(",1,");
  REQUIRE(place != std::string::npos);
  for (const std::string number : {"8.8e101", "1.5", "99999999999999999999"}) {
    auto read = facts_from_text(std::string(facts).replace(place + 1, 1, number), "facts");
    REQUIRE(!read);
    CHECK(llvm::toString(read.takeError()).find("a number is not whole") != std::string::npos);
  }
}

TEST_CASE("fuzz: a text that is not in the table of the facts is refused") {
  const std::string facts = read_file(fs::path(TESTS_DIR) / "fuzz/corpus/facts/one_unit.json");
  const std::size_t function = facts.find("\"functions\":[[") + 14;
  auto read = facts_from_text(std::string(facts).insert(function + 1, "9"), "facts");
  REQUIRE(!read);
  CHECK(llvm::toString(read.takeError()).find("a text is not in the table") != std::string::npos);
}

TEST_CASE("fuzz: a plan in another format of the same version says so") {
  std::string plan = read_file(fs::path(TESTS_DIR) / "fuzz/corpus/plan/one_unit.json");
  const std::size_t schema = plan.find("\"schema\"");
  REQUIRE(schema != std::string::npos);
  plan.replace(plan.find_first_of("0123456789", schema), 1, "99");
  auto read = plan_from_json(plan, "plan");
  REQUIRE(!read);
  CHECK(llvm::toString(read.takeError()).find("plan was made by another build of corolint ") == 0);
}

TEST_CASE("fuzz: every reader takes its corpus") {
  const fs::path corpus = fs::path(TESTS_DIR) / "fuzz/corpus";
  for (const FuzzTarget& target : fuzz_targets()) {
    unsigned inputs = 0;
    for (const auto& entry : fs::directory_iterator(corpus / target.name)) {
      CAPTURE(entry.path().string());
      target.feed(read_file(entry.path()));
      ++inputs;
    }
    CHECK(inputs > 0);
  }
  CHECK(std::distance(fs::directory_iterator(corpus), fs::directory_iterator()) ==
        static_cast<std::ptrdiff_t>(fuzz_targets().size()));
}
