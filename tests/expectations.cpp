#include "expectations.h"

#include <algorithm>
#include <regex>
#include <sstream>

namespace corolint {

namespace {

const std::regex comment(R"re(//\s*(expect|false-alarm|missed-alarm):\s*([a-z0-9-]+)(?:\s+"([^"]*)")?)re");
const std::regex only_comment(R"re(^\s*//\s*(expect|false-alarm|missed-alarm):.*)re");

Expectation::Kind kind_of(const std::string& word) {
  if (word == "expect") return Expectation::Kind::expect;
  return word == "false-alarm" ? Expectation::Kind::false_alarm : Expectation::Kind::missed_alarm;
}

std::string at(const std::string& file, unsigned line) {
  return file + ":" + std::to_string(line) + ": ";
}

bool meets(const Finding& finding, const Expectation& expectation) {
  return finding.place.file == expectation.file && finding.place.line == expectation.line &&
         finding.rule == expectation.rule && finding.message.find(expectation.text) != std::string::npos;
}

}  // namespace

std::vector<Expectation> read_expectations(std::string_view source, const std::string& file) {
  std::vector<Expectation> expectations;
  std::size_t waiting = 0;  // the last so many speak of the next line
  unsigned number = 0;
  std::istringstream lines{std::string(source)};
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::smatch match;
    const bool is_alone = std::regex_match(line, only_comment);
    if (!is_alone) {
      for (; waiting > 0; --waiting) expectations[expectations.size() - waiting].line = number;
    }
    if (!std::regex_search(line, match, comment)) continue;
    expectations.push_back({kind_of(match[1]), file, number, match[2], match[3]});
    if (is_alone) ++waiting;
  }
  return expectations;
}

std::vector<std::string> differences(const std::vector<Expectation>& expectations,
                                     const std::vector<Finding>& findings) {
  std::vector<std::string> result;
  std::vector<bool> is_expected(findings.size());
  for (const Expectation& expectation : expectations) {
    std::size_t i = 0;
    while (i < findings.size() && (is_expected[i] || !meets(findings[i], expectation))) ++i;
    const bool is_there = i < findings.size();
    if (is_there) is_expected[i] = true;
    if (expectation.kind == Expectation::Kind::missed_alarm ? !is_there : is_there) continue;
    const char* what =
        expectation.kind == Expectation::Kind::missed_alarm  ? "is found now, take the comment away: "
        : expectation.kind == Expectation::Kind::false_alarm ? "is quiet now, take the comment away: "
                                                             : "not found: ";
    result.push_back(at(expectation.file, expectation.line) + what + expectation.rule + " \"" +
                     expectation.text + "\"");
  }
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (!is_expected[i])
      result.push_back(at(findings[i].place.file, findings[i].place.line) +
                       "unexpected: " + findings[i].rule + " \"" + findings[i].message + "\"");
  return result;
}

}  // namespace corolint
