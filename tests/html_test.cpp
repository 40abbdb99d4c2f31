// The html report: as bytes, and in a browser (tests/validators/page.mjs), where it has to agree with its
// data whatever that is.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "llvm/Support/Base64.h"
#include "llvm/Support/SHA256.h"
#include "output/html_page.h"
#include "output/output.h"
#include "sample_report.h"
#include "validators.h"

using namespace corolint;

namespace {

const std::string hostile =
    "</script><script>alert(1)</script><!--<script> <img src=x onerror=alert(2)> \xE2\x80\xA8 \xFF \x1b[2J";

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

// Returns a report of many findings over many folders, of all levels and of more rules than a chart has bars.
Report many(const ScratchFolder& folder, std::size_t number) {
  Report report = single(folder, "int a;\n\tint \xF0\x9F\x98\x80 = call(); // wide\nint b;\n",
                         {"", 2, 11, 2, 17}, {{{"", 1, 1, 1, 4}, "first"}, {{"", 3, 1, 3, 4}, "last"}});
  Finding finding = report.findings[0];
  report.findings.clear();
  for (std::size_t i = 0; i < number; ++i) {
    finding.rule = "rule-" + std::to_string(i % 11);
    finding.level = i % 3 == 0 ? Level::error : i % 3 == 1 ? Level::warning : Level::note;
    finding.message = "problem number " + std::to_string(i);
    finding.place.file = i % 5 == 0 ? "a.cpp" : "src/part" + std::to_string(i % 13) + "/file.cpp";
    report.findings.push_back(finding);
  }
  report.units = number;
  return report;
}

void make_hostile(Report& report) {
  for (Finding& finding : report.findings) {
    for (std::string* text : {&finding.message, &finding.label, &finding.help, &finding.function})
      *text += hostile;
    for (Note& note : finding.notes) note.text += hostile;
    for (Step& step : finding.path) step.text += hostile;
  }
  for (BrokenUnit& unit : report.broken) unit.cause += hostile;
}

}  // namespace

TEST_CASE("html: the data cannot break out of the page") {
  REQUIRE_MESSAGE(!html_script().empty(), "built without npm");
  Sample sample;
  make_hostile(sample.report);
  const std::string page = as_html(sample.report);
  CHECK(count(page, "</script") == 2);
  CHECK(count(page, "<script") == 2);
  CHECK(count(page, "</style") == 1);
  CHECK(page.find('\x1b') == std::string::npos);
  const std::string open = "id=\"report\">";
  const std::size_t begin = page.find(open) + open.size();
  const auto data = nlohmann::json::parse(page.substr(begin, page.find("</script>", begin) - begin));
  CHECK(data["findings"][1]["message"].get<std::string>().find("</script><script>alert(1)") !=
        std::string::npos);
}

TEST_CASE("html: the policy allows the page's own script and style and nothing else") {
  const std::string page = as_html(Report());
  const auto hash = [](std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    return "'sha256-" + llvm::encodeBase64(llvm::SHA256::hash(llvm::ArrayRef(bytes, text.size()))) + "'";
  };
  CHECK(page.find("content=\"default-src 'none'; script-src " + hash(html_script()) + "; style-src " +
                  hash(html_style()) + ";") != std::string::npos);
  CHECK(page == as_html(Report()));
  CHECK(html_script().find('\r') == std::string_view::npos);  // a browser would hash another text
}

TEST_CASE("html: only lines around what is told of are in the page") {
  const ScratchFolder folder;
  std::string source;
  for (int i = 1; i <= 100; ++i) source += "line" + std::to_string(i) + "\n";
  const std::string page = as_html(single(folder, source, {"", 50, 1, 50, 5}));
  for (const char* line : {"\"line44\"", "\"line50\"", "\"line56\""})
    CHECK(page.find(line) != std::string::npos);
  for (const char* line : {"\"line43\"", "\"line57\"", "\"line1\""})
    CHECK(page.find(line) == std::string::npos);
}

TEST_CASE("html: a browser shows what the data says, offline, by keyboard, in light, dark and narrow") {
  Sample sample, hostile_sample, hidden_sample;
  hidden_sample.report.hidden = {
      {hidden_sample.report.findings[1], HiddenFinding::By::comment, "only at start-up"},
      {hidden_sample.report.findings[0], HiddenFinding::By::baseline, ""}};
  make_hostile(hostile_sample.report);
  const ScratchFolder sources;
  Report none, broken;
  none.units = 2;
  broken.units = 30;
  for (int i = 0; i < 12; ++i)
    broken.broken.push_back(
        {"src/unit" + std::to_string(i) + ".cpp", "does not parse", {{{}, "no header 'x.h'"}}, 7});
  const ScratchFolder folder({{"sample.html", as_html(sample.report)},
                              {"hostile.html", as_html(hostile_sample.report)},
                              {"many.html", as_html(many(sources, 400))},
                              {"none.html", as_html(none)},
                              {"hidden.html", as_html(hidden_sample.report, Hidden::told)},
                              {"broken.html", as_html(broken)}});
  validate("page.mjs", "'" + folder.path().string() + "'/*.html");
}
