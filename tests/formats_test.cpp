// Every format against its schema and against the ways in which analysed code could break out of it.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <sstream>

#include "fixture.h"
#include "llvm/ADT/StringExtras.h"
#include "output/format.h"
#include "output/unicode.h"
#include "sample_report.h"
#include "validators.h"

using namespace corolint;
using nlohmann::json;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string rendered(const Format& format, const Report& report) {
  return format.render({report, report, {}, {}});
}

// Text that means something to a shell, a terminal, a workflow runner, Markdown, HTML, XML or JSON.
const std::vector<std::string> nasty = {
    "\x1b[2J\x1b]8;;x\x07",
    "\n::error::x",
    "\r::stop-commands::y",
    "%0A::set-env name=a::b",
    "a:b,c=d",
    "<script>alert(1)</script>",
    "<!-- ",
    "&amp;&#0;",
    "]]>",
    "\"'><img src=x onerror=y>",
    "[a](javascript:b) ![i](j)",
    "`code` **bold** | cell |",
    "@everyone #1 http://a.b www.c.d",
    "\n\n# heading\n- item\n    code",
    "\\",
    std::string("\0\x01\x08\x7F", 4),
    "\xFF\xC0\x80",
    "\xEF\xBF\xBE\xEF\xBF\xBF",
    "\xE2\x80\xAE\xE2\x80\xA8\xE2\x80\xA9",
    "\xC2\x85\xC2\x9B",
    "##[error]x ##vso[task.setvariable variable=PATH]/x ####teamcity[x]",
};

// Returns the sample with nasty text in every place that comes from the analysed code.
void spoil(Report& report, const std::string& text) {
  const auto add = [&](std::string& to) { to += text; };
  for (Finding& finding : report.findings) {
    for (std::string* field : {&finding.message, &finding.label, &finding.help, &finding.function})
      add(*field);
    add(finding.place.file);
    for (std::string& argument : finding.arguments) add(argument);
    for (Note& note : finding.notes) {
      add(note.text);
      if (note.place.is_somewhere()) add(note.place.file);
    }
    for (Step& step : finding.path)
      for (std::string* field : {&step.text, &step.function, &step.place.file}) add(*field);
  }
  for (BrokenUnit& unit : report.broken) {
    for (std::string* field : {&unit.file, &unit.cause}) add(*field);
    for (CompilerError& error : unit.errors) add(error.message);
  }
  for (std::string& file : report.files) add(file);
}

std::string unescaped(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      result += text[i];
      continue;
    }
    result += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
    i += 2;
  }
  return result;
}

}  // namespace

TEST_SUITE_BEGIN("acceptance 7: formats");

TEST_CASE("formats: each has a name, a reader and a schema that its report keeps to") {
  const Sample sample;
  std::set<std::string_view> names;
  for (const Format& format : formats()) {
    CHECK(names.insert(format.name).second);
    CHECK(!format.reader.empty());
    CHECK(format_named(format.name) == &format);
    CHECK(!rendered(format, sample.report).empty());
  }
  CHECK(format_named("Full") == nullptr);
  for (const std::string name : {"json", "jsonl", "gitlab", "rdjsonl", "sonar", "junit", "checkstyle"})
    validate_report(name, rendered(*format_named(name), sample.report));
}

TEST_CASE("formats: nothing that sources and file names hold breaks out") {
  Sample sample;
  for (const std::string& text : nasty) spoil(sample.report, text);
  for (const std::string name : {"json", "jsonl", "gitlab", "rdjsonl", "sonar", "junit", "checkstyle"})
    validate_report(name, rendered(*format_named(name), sample.report));
  const ScratchFolder folder(
      {{"report.md", as_markdown(sample.report)}, {"log.sarif", as_sarif(sample.report)}});
  validate("markdown.mjs", "'" + (folder.path() / "report.md").string() + "'");
  validate_sarif(folder.path() / "log.sarif");
}

TEST_CASE("formats: for a terminal no control character is left, in no format") {
  for (const std::string& text : nasty) {
    Sample sample;
    spoil(sample.report, text);
    for (const Format& format : formats()) {
      if (format.name == "html") continue;  // for no terminal; its libraries hold tabs
      const std::string bytes = rendered(format, sample.report);
      CAPTURE(format.name);
      CHECK(bytes.find('\x1b') == std::string::npos);
      for (const char c : bytes) CHECK((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
    }
    CHECK(broken_units_text(sample.report).find('\x1b') == std::string::npos);
  }
}

TEST_CASE("formats: a workflow runner that reads the log is told nothing by names and sources") {
  Sample sample;
  for (Finding& finding : sample.report.findings) finding.place.file = "::error::x" + finding.place.file;
  for (BrokenUnit& unit : sample.report.broken) unit.file = "::add-mask::x" + unit.file;
  sample.report.unread = {"::error::x.h", "a\n::error::x.h"};
  spoil(sample.report, nasty.back());
  const auto is_harmless = [](const std::string& text) {
    for (const std::string& line : lines_of(text))
      if (const llvm::StringRef text = llvm::StringRef(line).trim();
          text.starts_with("::") && !text.starts_with("::: "))  // an arrow of our own
        return false;
    return std::ranges::none_of(
        std::vector<std::string>{"##[", "##vso[", "##teamcity["},
        [&](const std::string& sign) { return text.find(sign) != std::string::npos; });
  };
  for (const Format& format : formats())
    if (format.name != "github" && format.name != "html")
      CHECK_MESSAGE(is_harmless(rendered(format, sample.report)), format.name);
  CHECK(is_harmless(printable_lines(broken_units_text(sample.report) + unread_text(sample.report))));
  CHECK(printable_lines("a\n  ::b::c\n::d\n\n") == "a\n  \uFFFD:b::c\n\uFFFD:d\n\n");
  const std::string json = rendered(*format_named("json"), sample.report);
  CHECK(json::parse(json)["findings"][0]["message"].get<std::string>().ends_with(nasty.back()));
}

TEST_CASE("formats: each line for GitHub is one command, and what it says comes back") {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    Sample sample;
    std::string text;
    for (int i = 0; i < 3; ++i) text += nasty[random() % nasty.size()];
    spoil(sample.report, text);
    for (const std::string& line : lines_of(as_github(sample.report))) {
      const bool is_command = line.starts_with("::error ") || line.starts_with("::warning ");
      CHECK_MESSAGE(is_command, line);
      const std::size_t end = line.find("::", 2);
      const std::string properties = line.substr(0, end);
      CHECK(std::ranges::count(properties.substr(2), ':') == 0);
      const std::string list = properties.substr(properties.find(' ') + 1);
      for (const llvm::StringRef property : llvm::split(list, ","))
        CHECK(std::set<std::string>{"file", "line", "endLine", "col", "endColumn", "title"}.contains(
            property.split('=').first.str()));
    }
  }
  Sample sample;
  sample.report.findings[1].place.file = "50%, a:b.cpp";
  CHECK(unescaped(as_github(sample.report)).find("file=50%, a:b.cpp,") != std::string::npos);
}

TEST_CASE("formats: GitHub gets the worst first, and is told what it will not show") {
  Sample sample;
  Report& report = sample.report;
  report.findings.insert(report.findings.end(), 24, report.findings[1]);
  const auto lines = lines_of(as_github(report));
  REQUIRE(lines.size() == 28);
  CHECK(lines[0].starts_with("::error title=corolint%3A not fully analysed::1 unit could not"));
  CHECK(lines[1] ==
        "::notice title=corolint::26 problems; GitHub shows 10 of each kind, the others stand in this step's "
        "log");
  CHECK(
      lines[2].starts_with("::error file=src/net/session.cpp,line=88,endLine=88,col=5,endColumn=27,title="));
  CHECK(lines[27].starts_with("::warning "));
}

TEST_CASE("formats: GitLab's fingerprints are unique and keep when other code moves") {
  Sample sample;
  Report& report = sample.report;
  const json before = json::parse(as_gitlab(report));
  report.findings.insert(report.findings.end(), 3, report.findings[1]);
  std::set<std::string> seen;
  for (const json& entry : json::parse(as_gitlab(report)))
    CHECK(seen.insert(entry.at("fingerprint").get<std::string>()).second);
  CHECK(seen.size() == 6);
  CHECK(seen.contains(before[0].at("fingerprint").get<std::string>()));
}

TEST_CASE("formats: reviewdog's columns are bytes, Sonar's start at 0 and lie within the line") {
  const ScratchFolder folder;
  const Report report = single(folder, "\xF0\x9F\x98\x80\xC3\xA9 call();\n", {"", 1, 5, 1, 11});
  const json line = json::parse(as_rdjsonl(report));
  CHECK(line.at("location").at("range").at("start").at("column") == 8);
  CHECK(line.at("location").at("range").at("end").at("column") == 14);
  const auto range = [&](Place place) {
    return json::parse(
        as_sonar(single(folder, "ab\ncd\n", place)))["issues"][0]["primaryLocation"]["textRange"];
  };
  CHECK(range({"", 1, 1, 1, 3}) ==
        json{{"startLine", 1}, {"endLine", 1}, {"startColumn", 0}, {"endColumn", 2}});
  CHECK(range({"", 1, 2, 9, 9}) ==
        json{{"startLine", 1}, {"endLine", 2}, {"startColumn", 1}, {"endColumn", 2}});
  CHECK(range({"", 1, 3, 1, 9}) == json{{"startLine", 1}, {"endLine", 1}});
  CHECK(range({"", 7, 1, 7, 2}) ==
        json{{"startLine", 2}, {"endLine", 2}, {"startColumn", 0}, {"endColumn", 1}});
}

TEST_CASE("formats: a Markdown summary stays below what GitHub takes and says what it leaves out") {
  Sample sample;
  sample.report.findings.insert(sample.report.findings.end(), 9000, sample.report.findings[1]);
  const std::string text = as_markdown(sample.report);
  CHECK(text.size() < 1'000'000);
  CHECK(text.size() > 800'000);
  CHECK(text.find("more: see the other reports of this run.\n") != std::string::npos);
  CHECK(as_markdown(Report()) == "## corolint: no problems\n\n");
}

TEST_CASE("formats: a clean file is a passed case, a broken one an error, never nothing") {
  Report report;
  report.files = {"a.cpp", "b.cpp"};
  report.units = 2;
  report.broken = {{"b.cpp", "does not parse", {}, 1}};
  const std::string text = as_junit(report);
  CHECK(text.find("<testcase classname=\"a.cpp\" name=\"no findings\"/>") != std::string::npos);
  CHECK(text.find("<testsuite name=\"b.cpp\" tests=\"1\" failures=\"0\" errors=\"1\">") != std::string::npos);
  for (const char* name :
       {"github", "gitlab", "junit", "checkstyle", "rdjsonl", "sonar", "markdown", "sarif"})
    CHECK_MESSAGE(rendered(*format_named(name), report).find("could not be analysed") != std::string::npos,
                  name);
  CHECK(as_jsonl(report).find("\"kind\":\"broken_unit\",\"file\":\"b.cpp\"") != std::string::npos);
}

TEST_SUITE_END();
