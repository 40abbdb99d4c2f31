// reviewdog counts columns in bytes of UTF-8, unlike Place.

#include "output/json_text.h"
#include "output/output.h"
#include "output/plain_text.h"
#include "output/sarif_rule.h"
#include "output/source_text.h"
#include "output/spelling.h"
#include "output/unicode.h"

namespace corolint {

namespace {

using Json = nlohmann::ordered_json;

Json position(const SourceFile* file, std::uint32_t line, std::uint32_t column) {
  const std::string* text = file ? file->line(line) : nullptr;
  return {{"line", line}, {"column", text ? offset_of_column(*text, column) + 1 : column}};
}

Json location(const Place& place, SourceText& sources) {
  const SourceFile* file = sources.file(place.file);
  return {{"path", place.file},
          {"range",
           {{"start", position(file, place.line, place.column)},
            {"end", position(file, place.end_line, place.end_column)}}}};
}

Json diagnostic(std::string_view rule, std::string_view severity, const std::string& message,
                const Place& place, SourceText& sources) {
  return {{"message", message},
          {"location", location(place, sources)},
          {"severity", severity},
          {"source", {{"name", "corolint"}}},
          {"code", {{"value", rule}}}};
}

std::string_view severity_of(Level level) {
  return level == Level::error ? "ERROR" : level == Level::warning ? "WARNING" : "INFO";
}

std::string text_of(const Finding& finding) {
  std::string text;
  for (const std::string& line : plain_lines(finding)) text += (text.empty() ? "" : "\n") + line;
  return text;
}

Json related(const Finding& finding, SourceText& sources) {
  Json locations = Json::array();
  for (const Note& note : finding.notes)
    if (note.place.is_somewhere())
      locations.push_back({{"message", note.text}, {"location", location(note.place, sources)}});
  for (const Step& step : finding.path)
    if (step.place.is_somewhere())
      locations.push_back(
          {{"message", step.function + " " + step.text}, {"location", location(step.place, sources)}});
  return locations;
}

// A fix of several edits would be several suggestions, each wrong alone: only a single edit is suggested.
Json suggestions(const Finding& finding, SourceText& sources) {
  Json suggestions = Json::array();
  if (finding.fixes.empty() || finding.fixes.front().edits.size() != 1) return suggestions;
  const Edit& edit = finding.fixes.front().edits.front();
  if (edit.place.file == finding.place.file)
    suggestions.push_back({{"range", location(edit.place, sources)["range"]}, {"text", edit.text}});
  return suggestions;
}

}  // namespace

std::string as_rdjsonl(const Report& report) {
  SourceText sources(report);
  std::string text;
  for (const Finding& finding : report.findings) {
    Json line =
        diagnostic(finding.rule, severity_of(finding.level), text_of(finding), finding.place, sources);
    line["code"]["url"] = rule_page(finding.rule);
    if (Json list = suggestions(finding, sources); !list.empty()) line["suggestions"] = list;
    if (Json locations = related(finding, sources); !locations.empty()) line["related_locations"] = locations;
    text += json_line(line);
  }
  for (const BrokenUnit& unit : report.broken)
    text += json_line(diagnostic(not_analysed, "ERROR", sentence_of(unit), place_of(unit), sources));
  return text;
}

}  // namespace corolint
