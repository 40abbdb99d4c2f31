// The source that `full` shows: marks under their text, and nothing that is not there.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "output/output.h"
#include "sample_report.h"

using namespace corolint;

namespace {

// Returns the source lines and marks that `report` shows in full, without what is around them.
std::string shown(const Report& report) {
  const std::string text = as_full(report, {});
  const std::size_t begin = text.find("  |\n") + 4, end = text.rfind("  |\n");
  return begin > end ? "" : text.substr(begin, end - begin);
}

}  // namespace

TEST_CASE("marks stand under their text") {
  const ScratchFolder folder;
  SUBCASE("two labels on one line") {
    const Report report =
        single(folder, "connect(host, port);\n", {"", 1, 15, 1, 19}, {{{"", 1, 9, 1, 13}, "host"}});
    CHECK(shown(report) ==
          "1 | connect(host, port);\n"
          "  |         ----  ^^^^ here\n"
          "  |         |\n"
          "  |         host\n");
  }
  SUBCASE("labels inside another region, and at one place") {
    const Report report =
        single(folder, "f(a, b);\n", {"", 1, 1, 1, 8}, {{{"", 1, 3, 1, 4}, "in"}, {{"", 1, 1, 1, 2}, "f"}});
    CHECK(shown(report) ==
          "1 | f(a, b);\n"
          "  | ^^^^^^^\n"
          "  | | |\n"
          "  | | in\n"
          "  | here\n"
          "  | f\n");
  }
  SUBCASE("wide characters, a surrogate pair and tabs") {
    const Report report = single(folder, "\tf(\"日本😀\", x);\n", {"", 1, 12, 1, 13});
    CHECK(shown(report) ==
          "1 |     f(\"日本😀\", x);\n"
          "  |                 ^ here\n");
  }
  SUBCASE("a byte order mark and CRLF") {
    const Report report =
        single(folder, "\xEF\xBB\xBFint a;\r\nint b;\r\n", {"", 1, 5, 1, 6}, {{{"", 2, 5, 2, 6}, "b"}});
    CHECK(shown(report) == "1 | int a;\n  |     ^ here\n2 | int b;\n  |     - b\n");
  }
  SUBCASE("bytes that are not UTF-8 and control characters") {
    const Report report = single(folder, "f(\"\xFF\x1b[\u202E\", x);\n", {"", 1, 11, 1, 12});
    CHECK(shown(report) == "1 | f(\"\uFFFD\u241B[\uFFFD\", x);\n  |           ^ here\n");
  }
  SUBCASE("a region past the end of the line") {
    CHECK(shown(single(folder, "int a;", {"", 1, 40, 1, 50})) == "1 | int a;\n  |       ^ here\n");
  }
  SUBCASE("a region of several lines") {
    CHECK(shown(single(folder, "f([] {  \n  g();\n});\n", {"", 1, 3, 3, 2})) ==
          "1 | f([] {\n  |   ^^^^ here\n");
  }
}

TEST_CASE("what is not there is not shown") {
  const ScratchFolder folder;
  SUBCASE("lines between") {
    const Report report = single(folder, "a\nb\nc\nd\ne\nf\n", {"", 1, 1, 1, 2},
                                 {{{"", 3, 1, 3, 2}, ""}, {{"", 6, 1, 6, 2}, "z"}});
    CHECK(shown(report) == "1 | a\n  | ^ here\n2 | b\n3 | c\n  | -\n…\n6 | f\n  | - z\n");
  }
  SUBCASE("no context") {
    TextStyle no_source;
    no_source.context = 0;
    CHECK(as_full(single(folder, "a\n", {"", 1, 1, 1, 2}), no_source) ==
          "warning[r]: this is odd\n --> a.cpp:1:1\n  = more: corolint explain r\n");
  }
  SUBCASE("a file or a line that cannot be read") {
    Report report = single(folder, "a\n", {"", 7, 1, 7, 2});
    CHECK(as_full(report, {}) == "warning[r]: this is odd\n --> a.cpp:7:1\n  = more: corolint explain r\n");
    report.findings[0].place.file = "/nowhere/b.cpp";
    CHECK(as_full(report, {}) ==
          "warning[r]: this is odd\n --> /nowhere/b.cpp:7:1\n  = more: corolint explain r\n");
    CHECK(nlohmann::json::parse(as_sarif(report))["runs"][0]["results"][0]["partialFingerprints"].size() ==
          1);
  }
}
