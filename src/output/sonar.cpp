// SonarQube refuses a whole report for one text range that the file does not have, and counts columns from 0,
// so ranges are measured against the source; where that cannot be read, or nothing is left of the range, only
// lines are given.

#include <algorithm>
#include <map>

#include "output/json_text.h"
#include "output/output.h"
#include "output/plain_text.h"
#include "output/source_text.h"
#include "output/spelling.h"
#include "output/unicode.h"

namespace corolint {

namespace {

using Json = nlohmann::ordered_json;

Json text_range(const Place& place, SourceText& sources) {
  const SourceFile* file = sources.file(place.file);
  const auto last =
      static_cast<std::uint32_t>(file ? std::max<std::size_t>(file->lines.size(), 1) : place.end_line);
  const std::uint32_t line = std::clamp(place.line, 1u, std::max(last, 1u));
  const std::uint32_t end_line = std::clamp(place.end_line, line, std::max(last, line));
  Json range = {{"startLine", line}, {"endLine", end_line}};
  const std::string* first = file ? file->line(line) : nullptr;
  const std::string* final = file ? file->line(end_line) : nullptr;
  if (!first || !final) return range;
  const std::size_t begin = std::min<std::size_t>(place.column - 1, utf16(*first).size());
  const std::size_t end = std::min<std::size_t>(place.end_column - 1, utf16(*final).size());
  if (line == end_line && begin >= end) return range;
  range["startColumn"] = begin;
  range["endColumn"] = end;
  return range;
}

Json location(const Place& place, const std::string& message, SourceText& sources) {
  return {
      {"message", printable(message)}, {"filePath", place.file}, {"textRange", text_range(place, sources)}};
}

// Both the words of standard experience (`type`, `severity`) and of MQR mode (`impacts`): a server reads its
// own.
Json rule(std::string_view name, const std::string& description, Level level) {
  const bool is_error = level == Level::error, is_warning = level == Level::warning;
  return {{"id", name},
          {"name", name},
          {"description", description},
          {"engineId", "corolint"},
          {"cleanCodeAttribute", "LOGICAL"},
          {"type", "BUG"},
          {"severity", is_error     ? "CRITICAL"
                       : is_warning ? "MAJOR"
                                    : "MINOR"},
          {"impacts", Json::array({{{"softwareQuality", "RELIABILITY"},
                                    {"severity", is_error     ? "HIGH"
                                                 : is_warning ? "MEDIUM"
                                                              : "LOW"}}})}};
}

// Sonar knows severities of rules, not of issues: a rule gets that of its worst finding.
Json rules(const Report& report) {
  std::map<std::string, Level> worst;
  for (const Finding& finding : report.findings) {
    const auto [entry, is_new] = worst.try_emplace(finding.rule, finding.level);
    entry->second = std::max(entry->second, finding.level);
  }
  Json rules = Json::array();
  for (const auto& [name, level] : worst) {
    const auto entry = std::ranges::find(report.rules, name, &RuleEntry::name);
    rules.push_back(rule(name, entry == report.rules.end() ? name : (*entry)->summary(), level));
  }
  if (!report.broken.empty())
    rules.push_back(rule(not_analysed, "A translation unit could not be analysed in full.", Level::error));
  return rules;
}

Json issue(const Finding& finding, SourceText& sources) {
  Json issue = {{"ruleId", finding.rule},
                {"primaryLocation", location(finding.place, plain_line(finding), sources)}};
  Json others = Json::array();
  for (const Note& note : finding.notes)
    if (note.place.is_somewhere()) others.push_back(location(note.place, note.text, sources));
  for (const Step& step : finding.path)
    if (step.place.is_somewhere())
      others.push_back(location(step.place, step.function + " " + step.text, sources));
  if (!others.empty()) issue["secondaryLocations"] = others;
  return issue;
}

}  // namespace

std::string as_sonar(const Report& report) {
  SourceText sources(report);
  Json issues = Json::array();
  for (const Finding& finding : report.findings) issues.push_back(issue(finding, sources));
  for (const BrokenUnit& unit : report.broken)
    issues.push_back({{"ruleId", not_analysed},
                      {"primaryLocation", location(place_of(unit), sentence_of(unit), sources)}});
  return json_text({{"rules", rules(report)}, {"issues", issues}});
}

}  // namespace corolint
