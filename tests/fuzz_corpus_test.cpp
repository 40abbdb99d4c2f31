// The corpus of the fuzzers (`./dev fuzz` runs them), and what once crashed a reader, as a test.

#include <doctest/doctest.h>

#include "fixture.h"
#include "fuzz/targets.h"

using namespace corolint;
namespace fs = std::filesystem;

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
