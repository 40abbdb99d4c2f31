#include "expectations.h"
#include "quiet_functions.h"

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

TEST_CASE("quiet functions are those with a body and no expectation in it") {
  const std::string source = R"(namespace {
struct with_members {
  void not_counted() {}
};
void declared(int);
task quiet(int a,
           int b) {
  co_await x();
}
int one_line() { return 1; }
template <typename T>
task loud() {
  f();  // expect: r
}
int variable = 1;
// expect: r
task reported_as_a_whole() {
}
}
)";
  CHECK(count_quiet_functions(source, read_expectations(source, "a.cpp")) == 2);
}
