// A suite for each file, since that is how test reports group: a failed case for each finding, a case with an
// error for each unit that could not be analysed, a passed one for a unit in which nothing was found.

#include <map>

#include "llvm/Support/FormatVariadic.h"
#include "output/output.h"
#include "output/plain_text.h"
#include "output/shown.h"
#include "output/spelling.h"
#include "output/unicode.h"
#include "output/xml.h"

namespace corolint {

namespace {

struct Suite {
  std::string cases;
  std::size_t failures = 0, errors = 0, skipped = 0;

  std::size_t tests() const { return cases.empty() ? 1 : failures + errors + skipped; }
};

std::string test_case(const std::string& file, const std::string& name, std::string_view kind,
                      std::string_view type, const std::string& message, const std::string& body) {
  std::string text = "    <testcase" + xml_attribute("classname", file) + xml_attribute("name", name) + ">\n";
  text +=
      "      <" + std::string(kind) + xml_attribute("type", type) + xml_attribute("message", message) + ">";
  return text + xml_text(printable_lines(body)) + "</" + std::string(kind) + ">\n    </testcase>\n";
}

std::string name_of(const Finding& finding) {
  return llvm::formatv("{0}:{1}:{2}", finding.rule, finding.place.line, finding.place.column);
}

std::string skipped(const HiddenFinding& hidden) {
  const Finding& finding = hidden.finding;
  return "    <testcase" + xml_attribute("classname", finding.place.file) +
         xml_attribute("name", name_of(finding)) + ">\n      <skipped" +
         xml_attribute("message", mark_of({&finding, &hidden}) + ": " + finding.message) +
         "/>\n    </testcase>\n";
}

std::string failure(const Finding& finding) {
  const Place& place = finding.place;
  std::string body = printable(spelled(place));
  for (const std::string& line : plain_lines(finding)) body += "\n" + line;
  return test_case(place.file, name_of(finding), "failure", level_name(finding.level), finding.message, body);
}

std::string error(const BrokenUnit& unit) {
  std::string body = printable(sentence_of(unit));
  for (const CompilerError& error : unit.errors)
    body += "\n" + printable(spelled(error.place) + ": " + error.message);
  return test_case(unit.file, std::string(not_analysed), "error", not_analysed, unit.cause, body);
}

std::string counts(std::size_t tests, std::size_t failures, std::size_t errors) {
  return xml_attribute("tests", std::to_string(tests)) + xml_attribute("failures", std::to_string(failures)) +
         xml_attribute("errors", std::to_string(errors));
}

std::string skips(std::size_t skipped) {
  return skipped == 0 ? "" : xml_attribute("skipped", std::to_string(skipped));
}

std::string text_of(const std::string& file, const Suite& suite) {
  const std::string passed =
      "    <testcase" + xml_attribute("classname", file) + xml_attribute("name", "no findings") + "/>\n";
  return "  <testsuite" + xml_attribute("name", file) + counts(suite.tests(), suite.failures, suite.errors) +
         skips(suite.skipped) + ">\n" + (suite.cases.empty() ? passed : suite.cases) + "  </testsuite>\n";
}

}  // namespace

std::string as_junit(const Report& report, Hidden hidden) {
  std::map<std::string, Suite> suites;
  for (const std::string& file : report.files) suites[file];
  for (const Finding& finding : report.findings) {
    suites[finding.place.file].cases += failure(finding);
    ++suites[finding.place.file].failures;
  }
  if (hidden == Hidden::told)
    for (const HiddenFinding& one : report.hidden) {
      suites[one.finding.place.file].cases += skipped(one);
      ++suites[one.finding.place.file].skipped;
    }
  for (const BrokenUnit& unit : report.broken) {
    suites[unit.file].cases += error(unit);
    ++suites[unit.file].errors;
  }
  std::string body;
  std::size_t tests = 0;
  for (const auto& [file, suite] : suites) {
    body += text_of(file, suite);
    tests += suite.tests();
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"corolint\"" +
         counts(tests, report.findings.size(), report.broken.size()) + ">\n" + body + "</testsuites>\n";
}

}  // namespace corolint
