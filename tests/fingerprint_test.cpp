// What tells a finding again after the code around it has changed.

#include <doctest/doctest.h>

#include "engine/fingerprint.h"
#include "output/line_hash.h"
#include "sample_report.h"

using namespace corolint;

TEST_SUITE_BEGIN("acceptance 2: SARIF");

TEST_CASE("line hashes are those of GitHub's action") {
  using Hashes = std::vector<std::string>;
  CHECK(line_hashes("") == Hashes{"c129715d7a2bc9a3:1"});
  CHECK(line_hashes(" a\nb\n  \t\tc\n d") ==
        Hashes{"271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"});
  const Hashes greetings = {"e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1",
                            "e20e36e16fcb0cc8:1", "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1",
                            "c129715d7a2bc9a3:1"};
  CHECK(line_hashes(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n") == greetings);
  CHECK(line_hashes(" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r") == greetings);
  CHECK(line_hashes(" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n") == greetings);
  CHECK(line_hashes(" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n") == greetings);
  std::string lorem;
  for (int i = 0; i < 10; ++i) lorem += "Lorem ipsum dolor sit amet.\n";
  CHECK(line_hashes(lorem) == Hashes{"a7f2ff13bc495cf2:1", "a7f2ff13bc495cf2:2", "a7f2ff13bc495cf2:3",
                                     "a7f2ff13bc495cf2:4", "a7f2ff13bc495cf2:5", "a7f2ff13bc495cf2:6",
                                     "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1",
                                     "cc97dc7b1d7d8f7b:1", "c129715d7a2bc9a3:1"});
}

TEST_SUITE_END();

TEST_SUITE_BEGIN("acceptance 1: known findings are known again after edits");

TEST_CASE("the fingerprint keeps over layout and tells code apart") {
  CHECK(tokens_of("f( a, // why\n  \"a // b\", /* c */ 1'000, '\"' )") == "f(a,\"a // b\",1'000,'\"')");
  CHECK(tokens_of("a /* open") == "a");
  const ScratchFolder folder;
  const auto of = [&](std::string_view source, Place place) {
    return single(folder, source, place).findings[0].fingerprint;
  };
  const std::string first = of("f(a, b);\n", {"", 1, 1, 1, 8});
  CHECK(first.size() == 32);
  CHECK(first == of("\n\n  f(a,\n    b);\n", {"", 3, 3, 4, 7}));
  CHECK(first != of("f(a, c);\n", {"", 1, 1, 1, 8}));
}

TEST_SUITE_END();
