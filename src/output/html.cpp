// One page that holds everything: data, script and style. Its policy lets it load nothing and run no script
// but its own, so whatever the analysed code holds, opening the report is safe. What is drawn, and how, is in
// page/.

#include <algorithm>
#include <map>
#include <set>

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Base64.h"
#include "llvm/Support/SHA256.h"
#include "output/fix_lines.h"
#include "output/html_page.h"
#include "output/json_finding.h"
#include "output/output.h"
#include "output/sarif_rule.h"
#include "output/shown.h"
#include "output/version.h"

namespace corolint {

namespace {

using Json = nlohmann::ordered_json;
using WantedLines = std::map<std::string, std::set<std::uint32_t>>;

constexpr std::uint32_t context = 6;   // lines around a place; the page shows fewer
constexpr std::uint32_t longest = 12;  // of a longer region only the start is shown

void want(const Place& place, WantedLines& wanted) {
  if (!place.is_somewhere()) return;
  const std::uint32_t last = std::min(place.end_line, place.line + longest) + context;
  for (std::uint32_t line = place.line - std::min(place.line - 1, context); line <= last; ++line)
    wanted[place.file].insert(line);
}

WantedLines wanted_lines(const std::vector<ShownFinding>& shown) {
  WantedLines wanted;
  for (const ShownFinding& one : shown) {
    const Finding& finding = *one.finding;
    want(finding.place, wanted);
    for (const Note& note : finding.notes) want(note.place, wanted);
    for (const Step& step : finding.path) want(step.place, wanted);
  }
  return wanted;
}

// Returns the pieces of the file that hold `wanted`, each as its first line's number and its lines.
Json excerpts(const SourceFile& file, const std::set<std::uint32_t>& wanted) {
  Json pieces = Json::array();
  std::uint32_t previous = 0;
  for (const std::uint32_t number : wanted) {
    const std::string* line = file.line(number);
    if (!line) break;
    if (pieces.empty() || number != previous + 1) pieces.push_back({number, Json::array()});
    pieces.back()[1].push_back(*line);
    previous = number;
  }
  return pieces;
}

Json files_of(const std::vector<ShownFinding>& shown, SourceText& sources) {
  Json files = Json::object();
  for (const auto& [name, lines] : wanted_lines(shown))
    if (const SourceFile* file = sources.file(name)) files[name] = excerpts(*file, lines);
  return files;
}

Json rules_of(const Report& report) {
  Json rules = Json::array();
  for (const RuleEntry* entry : report.rules)
    rules.push_back({{"name", entry->name},
                     {"level", level_name(entry->rule.level)},
                     {"cwe", entry->rule.cwe == 0 ? Json() : Json(entry->rule.cwe)},
                     {"summary", entry->summary()},
                     {"page", entry->page}});
  return rules;
}

// Returns the lines of the best fix, before and after.
Json changes_of(const Finding& finding, SourceText& sources) {
  Json changes = Json::array();
  if (finding.fixes.empty()) return changes;
  for (const ChangedLines& change : changed_lines(finding.fixes.front(), sources))
    changes.push_back(
        {{"file", change.file}, {"first", change.first}, {"before", change.before}, {"after", change.after}});
  return changes;
}

Json data_of(const Report& report, Hidden hidden) {
  SourceText sources(report);
  Json findings = Json::array(), broken = Json::array();
  const std::vector<ShownFinding> shown = shown_findings(report, hidden);
  for (const ShownFinding& one : shown) {
    findings.push_back(one.hidden ? json_hidden_finding(*one.hidden, report)
                                  : json_finding(*one.finding, report));
    findings.back()["changes"] = changes_of(*one.finding, sources);
  }
  for (const BrokenUnit& unit : report.broken) broken.push_back(json_broken_unit(unit));
  return {{"tool", {{"name", "corolint"}, {"version", tool_version()}}},
          {"counts", json_counts(report)},
          {"rules", rules_of(report)},
          {"findings", findings},
          {"broken_units", broken},
          {"unread_files", report.unread},
          {"files", files_of(shown, sources)}};
}

// JSON in ASCII holds no line separators of JavaScript; without `<` nothing in it ends the element or opens a
// comment.
std::string embedded(const Json& data) {
  std::string text;
  for (const char c : data.dump(-1, ' ', /*ensure_ascii=*/true, Json::error_handler_t::replace))
    text += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return text;
}

std::string hash_of(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  return "'sha256-" + llvm::encodeBase64(llvm::SHA256::hash(llvm::ArrayRef(bytes, text.size()))) + "'";
}

std::string policy() {
  return "default-src 'none'; script-src " + hash_of(html_script()) + "; style-src " + hash_of(html_style()) +
         "; base-uri 'none'; form-action 'none'";
}

}  // namespace

std::string as_html(const Report& report, Hidden hidden) {
  std::string page = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  page += "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy() + "\">\n";
  page +=
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>corolint "
      "report</title>\n";
  page.append("<style>").append(html_style()).append("</style>\n</head>\n<body>\n<div id=\"app\">");
  page +=
      "<noscript>This report is drawn by a script in this file; please allow scripts for "
      "it.</noscript></div>\n";
  page +=
      "<script type=\"application/json\" id=\"report\">" + embedded(data_of(report, hidden)) + "</script>\n";
  return page.append("<script>").append(html_script()).append("</script>\n</body>\n</html>\n");
}

}  // namespace corolint
