#include "expectations.h"

#include <doctest/doctest.h>

using namespace corolint;

namespace {

Finding finding(unsigned line, const std::string& message) {
  Finding result;
  result.rule = "some-rule";
  result.place = {"f.cpp", line, 1, line, 2};
  result.message = message;
  return result;
}

}  // namespace

TEST_CASE("an expectation speaks of its own line, or of the next one") {
  const auto found = read_expectations(
      "a(); // expect: some-rule \"text\"\n// expect: some-rule\n// missed-alarm: b why\nc();\n", "f.cpp");
  REQUIRE(found.size() == 3);
  CHECK(found[0].line == 1);
  CHECK(found[0].text == "text");
  CHECK(found[1].line == 4);
  CHECK(found[2].line == 4);
  CHECK(found[2].kind == Expectation::Kind::missed_alarm);
}

TEST_CASE("what is expected and found is no difference") {
  CHECK(differences(read_expectations("a(); // expect: some-rule \"do\"\n", "f.cpp"), {finding(1, "do it")})
            .empty());
}

TEST_CASE("every way to differ is told") {
  const auto tells = [](std::string_view source, const std::vector<Finding>& findings,
                        const std::string& what) {
    const auto found = differences(read_expectations(source, "f.cpp"), findings);
    return found.size() == 1 && found[0].find(what) != std::string::npos;
  };
  CHECK(tells("a(); // expect: some-rule\n", {}, "f.cpp:1: not found"));
  CHECK(tells("a();\n", {finding(1, "x")}, "f.cpp:1: unexpected"));
  CHECK(tells("a(); // false-alarm: some-rule why\n", {}, "is quiet now"));
  CHECK(tells("a(); // missed-alarm: some-rule why\n", {finding(1, "x")}, "is found now"));
  CHECK(tells("a(); // expect: some-rule\n", {finding(1, "x"), finding(1, "y")},
              "unexpected: some-rule \"y\""));
  CHECK(differences(read_expectations("a(); // expect: other-rule\n", "f.cpp"), {finding(1, "x")}).size() ==
        2);
  CHECK(differences(read_expectations("a(); // expect: some-rule \"z\"\n", "f.cpp"), {finding(1, "x")})
            .size() == 2);
}
