#include <map>

#include "output/output.h"
#include "output/plain_text.h"
#include "output/spelling.h"
#include "output/xml.h"

namespace corolint {

namespace {

std::string error_line(const Place& place, std::string_view severity, const std::string& message,
                       std::string_view rule) {
  std::string text = "    <error";
  text += xml_attribute("line", std::to_string(place.line));
  text += xml_attribute("column", std::to_string(place.column));
  text += xml_attribute("severity", severity);
  text += xml_attribute("message", message);
  return text + xml_attribute("source", "corolint." + std::string(rule)) + "/>\n";
}

std::string_view severity_of(Level level) {
  return level == Level::error ? "error" : level == Level::warning ? "warning" : "info";
}

}  // namespace

std::string as_checkstyle(const Report& report) {
  std::map<std::string, std::string> files;
  for (const Finding& finding : report.findings)
    files[finding.place.file] +=
        error_line(finding.place, severity_of(finding.level), plain_line(finding), finding.rule);
  for (const BrokenUnit& unit : report.broken)
    files[place_of(unit).file] += error_line(place_of(unit), "error", sentence_of(unit), not_analysed);
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n";
  for (const auto& [name, errors] : files)
    text += "  <file" + xml_attribute("name", name) + ">\n" + errors + "  </file>\n";
  return text + "</checkstyle>\n";
}

}  // namespace corolint
