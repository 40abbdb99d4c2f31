// The outputs against files in tests/golden/, which are reviewed like code: nothing rewrites them. What a
// golden file shows badly (odd bytes, widths, limits) is checked here. `@VERSION@` there stands for the
// tool's version.

#include "output/output.h"

#include "output/fingerprint.h"
#include "output/fold.h"
#include "output/line_hash.h"
#include "output/sarif_place.h"
#include "output/unicode.h"
#include "output/version.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <unistd.h>
#include <filesystem>
#include <fstream>

#ifndef TESTS_DIR
#define TESTS_DIR "tests"
#endif

namespace corolint {

namespace {

constexpr const char* session = "src/net/session.cpp";
constexpr const char* backoff = "src/net/c++ & co/back off.cpp";

// A folder for the sources of one test.
class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() / ("corolint-output-" + std::to_string(getpid()))) {}
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string path() const { return path_.string(); }

  void write(const std::string& name, std::string_view bytes) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }

 private:
  std::filesystem::path path_;
};

std::string golden(const std::string& name) {
  std::ifstream file(std::string(TESTS_DIR) + "/golden/" + name, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::string mark = "@VERSION@";
  for (std::size_t at; (at = text.find(mark)) != std::string::npos;)
    text.replace(at, mark.size(), tool_version());
  return text;
}

void write_sample_sources(const Folder& folder) {
  folder.write(session, std::string(83, '\n') +
                            "task<void> Session::run(Connection& c) {\n"
                            "  int attempt = 0;\n"
                            "  for (;;) {\n"
                            "    prepare(c, attempt);\n"
                            "    retry_backoff(attempt);\n"
                            "  }\n"
                            "}\n");
  folder.write(backoff, "void retry_backoff(int n) {\r\n  sleep_for(n);\r\n}\r\n");
}

// Returns a finding with all there can be: marks, notes of every kind, a path through two files.
Finding rich_finding() {
  Finding finding;
  finding.rule = "blocking-call-in-coroutine";
  finding.level = Level::error;
  finding.place = {session, 88, 5, 88, 27};
  finding.message_id = "blocks";
  finding.arguments = {"sleep_for", "net::Session::run"};
  finding.message = "'sleep_for' blocks the thread of coroutine 'net::Session::run'";
  finding.label = "blocks for up to 2 s";
  finding.notes = {{{session, 84, 12, 84, 24}, "coroutine, runs on 'io_context' (1 thread)"},
                   {{backoff, 2, 3, 2, 15}, "the call that blocks"},
                   {{}, "'io_context' has one thread"}};
  finding.path = {{{session, 88, 5, 88, 27}, "net::Session::run", "calls retry_backoff"},
                  {{backoff, 2, 3, 2, 15}, "retry_backoff", "calls sleep_for, which blocks"}};
  finding.help = "wait on a timer of the executor instead";
  finding.function = "net::Session::run";
  return finding;
}

// Returns a finding with no more than there has to be.
Finding bare_finding(const std::string& rule, const Place& place) {
  Finding finding;
  finding.rule = rule;
  finding.place = place;
  finding.message = "this is odd";
  return finding;
}

// The report that the golden files show.
struct Sample {
  Folder folder;
  std::string page = golden("rule.md");
  Message blocks{"blocks", "'{0}' blocks the thread of coroutine '{1}'"};
  RuleEntry blocking{"blocking-call-in-coroutine", {nullptr, {blocks}, Level::error, 1322}, page};
  RuleEntry opinion{
      "some-opinion", {nullptr, {{"odd", "this is odd"}}, Level::none, 0}, "# some-opinion\n\nAn opinion.\n"};
  Report report;

  Sample() {
    write_sample_sources(folder);
    report.root = folder.path();
    report.findings = {bare_finding("some-opinion", {backoff, 1, 1, 1, 5}), rich_finding()};
    report.broken = {
        {"src/bad.cpp", "does not parse", {{{"src/bad.cpp", 3, 1, 3, 4}, "no such file 'x.h'"}}, 20}};
    report.rules = {&blocking, &opinion};
    report.units = 214;
    report.seconds = 3.14;
    report.exit_status = 1;
  }
};

// Returns the report of one finding in `a.cpp`, which holds `source`.
Report single(const Folder& folder, std::string_view source, Place place, std::vector<Note> notes = {}) {
  folder.write("a.cpp", source);
  place.file = "a.cpp";
  for (Note& note : notes) note.place.file = "a.cpp";
  Report report;
  report.root = folder.path();
  report.findings = {bare_finding("r", place)};
  report.findings[0].label = "here";
  report.findings[0].notes = std::move(notes);
  return report;
}

// Returns the source lines and marks that `report` shows in full, without what is around them.
std::string shown(const Report& report) {
  const std::string text = as_full(report, {});
  const std::size_t begin = text.find("  |\n") + 4, end = text.rfind("  |\n");
  return begin > end ? "" : text.substr(begin, end - begin);
}

}  // namespace

TEST_CASE("each format gives the golden bytes") {
  const Sample sample;
  TextStyle folded;
  folded.context = 2;
  folded.width = 60;
  CHECK(as_full(sample.report, {}) == golden("full.txt"));
  CHECK(as_full(sample.report, folded) == golden("full_folded.txt"));
  CHECK(as_concise(sample.report) == golden("concise.txt"));
  CHECK(as_json(sample.report) == golden("report.json"));
  CHECK(as_sarif(sample.report) == golden("report.sarif"));
  CHECK(summary(sample.report) == golden("summary.txt"));
  CHECK(broken_units_text(sample.report) == golden("broken_units.txt"));
}

TEST_CASE("a report without findings, clean and broken") {
  Report report;
  report.units = 2;
  CHECK(as_full(report, {}) + as_concise(report) + broken_units_text(report) == "");
  CHECK(summary(report) == "Found no problems.\n2 of 2 units analysed in 0.0 s.\n");
  CHECK(nlohmann::json::parse(as_sarif(report))["runs"][0]["results"].is_array());
  report.broken = {{"a.cpp", "the worker crashed", {}, 0}};
  CHECK(summary(report) == "Found no problems in what could be analysed.\n1 of 2 units analysed in 0.0 s.\n");
  CHECK(broken_units_text(report) == "error: not fully analysed: a.cpp: the worker crashed\n");
}

TEST_CASE("colour only wraps what the text says anyway") {
  const Sample sample;
  std::string text = as_full(sample.report, {true});
  CHECK(text.find("\x1b[1;31merror[blocking-call-in-coroutine]:\x1b[0m") != std::string::npos);
  for (std::size_t at; (at = text.find('\x1b')) != std::string::npos;)
    text.erase(at, text.find('m', at) - at + 1);
  CHECK(text == as_full(sample.report, {}));
}

TEST_CASE("marks stand under their text") {
  const Folder folder;
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
    CHECK(shown(report) == "1 | f(\"\uFFFD\uFFFD[\uFFFD\", x);\n  |           ^ here\n");
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
  const Folder folder;
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

TEST_CASE("the fingerprint keeps over layout and tells code apart") {
  CHECK(without_blanks("f( a, // why\n  \"a // b\", /* c */ 1'000, '\"' )") == "f(a,\"a // b\",1'000,'\"')");
  CHECK(without_blanks("a /* open") == "a");
  CHECK(without_blanks("\"open\\") == "\"open\\");
  const Folder folder;
  const auto of = [&](std::string_view source, Place place) {
    const Report report = single(folder, source, place);
    SourceText sources(report.root);
    return fingerprint(report.findings[0], sources);
  };
  const std::string first = of("f(a, b);\n", {"", 1, 1, 1, 8});
  CHECK(first.size() == 32);
  CHECK(first == of("\n\n  f(a,\n    b);\n", {"", 3, 3, 4, 7}));
  CHECK(first != of("f(a, c);\n", {"", 1, 1, 1, 8}));
}

TEST_CASE("texts keep to the limits of the hosts") {
  CHECK(shortened("One. Two.", 9) == "One. Two.");
  CHECK(shortened("One two. Three four.", 12) == "One two.");
  CHECK(shortened("one two three", 10) == "one two…");
  CHECK(shortened("ééééé", 8) == "éé…");
  for (std::size_t limit = 4; limit < 40; ++limit)
    CHECK(shortened("été, deux mots et un-mot-très-long. Fin", limit).size() <= limit);
  Sample sample;
  sample.page = "# r\n\n" + std::string(400, 'a') + "\n\n## What goes wrong\n\n" + std::string(4000, 'b');
  sample.blocking.page = sample.page;
  Finding& finding = sample.report.findings[1];
  finding.message = std::string(5000, 'x');
  finding.help = std::string(990, 'y');
  finding.path = std::vector<Step>(300, finding.path[0]);
  const nlohmann::json run = nlohmann::json::parse(as_sarif(sample.report))["runs"][0];
  for (const auto& result : run["results"])
    CHECK(result["message"]["text"].get<std::string>().size() <= 1000);
  CHECK(run["results"][0]["codeFlows"][0]["threadFlows"][0]["locations"].size() == 100);
  for (const auto& rule : run["tool"]["driver"]["rules"]) {
    CHECK(rule["properties"]["tags"].size() <= 8);
    CHECK(rule["shortDescription"]["text"].get<std::string>().size() <= 120);
    CHECK(rule["fullDescription"]["text"].get<std::string>().size() <= 1000);
    CHECK(!rule["help"]["text"].get<std::string>().empty());
  }
}

TEST_CASE("no bytes in names or messages break a format") {
  Sample sample;
  Report& report = sample.report;
  report.findings[1].message = "bad \xFF\xC3 [a](b)\n";
  report.findings[1].function = "\x80";
  CHECK(nlohmann::json::parse(as_json(report)).is_object());
  const nlohmann::json log = nlohmann::json::parse(as_sarif(report));
  const std::string text = log["runs"][0]["results"][0]["message"]["text"];
  CHECK(text.starts_with("bad \uFFFD\uFFFD \\[a\\](b)"));
  CHECK(as_concise(report).find("bad \uFFFD\uFFFD [a](b)\uFFFD [") != std::string::npos);
  CHECK(uri_of("a:b/c++ d/é.cpp") == "a%3Ab/c++%20d/%C3%A9.cpp");
  CHECK(uri_of("/usr/x.h") == "file:///usr/x.h");
}

}  // namespace corolint
