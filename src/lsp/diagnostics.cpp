#include "lsp/diagnostics.h"

#include <algorithm>

#include "engine/fixes.h"
#include "engine/own_rules.h"
#include "engine/suppress.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "output/sarif_place.h"
#include "output/sarif_rule.h"
#include "output/spelling.h"
#include "output/unicode.h"
#include "project/paths.h"

namespace corolint {

namespace {

using Json = nlohmann::json;

constexpr int as_error = 1, as_warning = 2, as_information = 3;  // DiagnosticSeverity
constexpr int unnecessary = 1;                                   // DiagnosticTag

int severity_of(Level level) {
  return level == Level::error ? as_error : level == Level::warning ? as_warning : as_information;
}

Json position(std::uint32_t line, std::uint32_t column) {
  return {{"line", line > 0 ? line - 1 : 0}, {"character", column > 0 ? column - 1 : 0}};
}

Json range_of(const Place& place) {
  const std::uint32_t end_line = std::max(place.line, place.end_line);
  const std::uint32_t end_column = end_line == place.line ? std::max(place.column, place.end_column) : place.end_column;
  return {{"start", position(place.line, place.column)}, {"end", position(end_line, end_column)}};
}

std::string uri_in(const Report& report, const std::string& file) {
  return uri_of(file.starts_with('/') ? file : joined(report.root, file));
}

Json related(const Report& report, const Place& place, const std::string& text) {
  return {{"location", {{"uri", uri_in(report, place.file)}, {"range", range_of(place)}}}, {"message", text}};
}

Json related_of(const Report& report, const Finding& finding) {
  Json all = Json::array();
  for (const Note& note : finding.notes)
    if (note.place.is_somewhere()) all.push_back(related(report, note.place, note.text.empty() ? "here" : note.text));
  for (const Step& step : finding.path)
    if (step.place.is_somewhere())
      all.push_back(related(report, step.place, step.function + (step.function.empty() ? "" : " ") + step.text));
  return all;
}

Json diagnostic_of(const Report& report, const Finding& finding) {
  Json diagnostic = {{"range", range_of(finding.place)},
                     {"severity", severity_of(finding.level)},
                     {"source", "corolint"},
                     {"code", finding.rule},
                     {"codeDescription", {{"href", rule_page(finding.rule)}}},
                     {"message", finding.message + (finding.help.empty() ? "" : "\nhelp: " + finding.help)}};
  if (Json all = related_of(report, finding); !all.empty()) diagnostic["relatedInformation"] = std::move(all);
  if (finding.rule == unused_suppression) diagnostic["tags"] = Json::array({unnecessary});
  return diagnostic;
}

// An error of the unit stands in the file or in one that it includes: there the editor would not look.
Json diagnostic_of(const BrokenUnit& unit, const std::string& file) {
  const Place place = place_of(unit);
  Json diagnostic = diagnostic_of_problem("not fully analysed: " + sentence_of(unit));
  if (place.file == file) diagnostic["range"] = range_of(place);
  return diagnostic;
}

bool is_at_or_before(const Json& a, const Json& b) {
  const auto key = [](const Json& position) {
    return std::pair(position.at("line").get<std::int64_t>(), position.at("character").get<std::int64_t>());
  };
  return key(a) <= key(b);
}

bool touch(const Json& a, const Json& b) {
  return is_at_or_before(a.at("start"), b.at("end")) && is_at_or_before(b.at("start"), a.at("end"));
}

Json action(const std::string& title, const Json& diagnostic, Json changes) {
  return {{"title", title}, {"kind", "quickfix"}, {"diagnostics", Json::array({diagnostic})},
          {"edit", {{"changes", std::move(changes)}}}};
}

Json fix_action(const Report& report, const Finding& finding, const Json& diagnostic) {
  const Fix& fix = finding.fixes.front();
  Json changes = Json::object();
  for (const Edit& edit : fix.edits)
    changes[uri_in(report, edit.place.file)].push_back({{"range", range_of(edit.place)}, {"newText", edit.text}});
  const bool is_safe = fix.applicability == Applicability::safe;
  Json made = action(fix.message + (is_safe ? "" : " (may change what the program does)"), diagnostic, changes);
  made["isPreferred"] = is_safe;
  return made;
}

// Returns where the byte at `offset` stands.
Json position_at(llvm::StringRef text, std::size_t offset) {
  const llvm::StringRef before = text.take_front(offset);
  const llvm::StringRef line = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0
  std::size_t units = 0;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;
  }
  return {{"line", before.count('\n')}, {"character", units}};
}

Json suppress_action(const Report& report, const Finding& finding, const Json& diagnostic) {
  Report one;
  one.root = report.root;
  one.unsaved = report.unsaved;
  one.findings = {finding};
  Json changes = Json::object();
  for (const auto& [name, file] : with_suppressions(one, "").files)
    for (const ByteEdit& edit : file.edits)
      changes[uri_in(report, name)].push_back(
          {{"range", {{"start", position_at(file.before, edit.begin)}, {"end", position_at(file.before, edit.end)}}},
           {"newText", edit.text}});
  return action("Silence it with NOLINT(" + finding.rule + ")", diagnostic, changes);
}

bool is_own_rule(const std::string& rule) {
  return std::ranges::any_of(own_rules(), [&](const RuleEntry& own) { return own.name == rule; });
}

}  // namespace

std::string path_of_uri(const std::string& uri) {
  llvm::StringRef rest = uri;
  if (!rest.consume_front("file://")) return {};
  rest = rest.drop_front(std::min(rest.find('/'), rest.size()));  // a host, which can only be this one
  std::string path;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    unsigned byte = 0;
    if (rest[i] == '%' && !rest.substr(i + 1, 2).getAsInteger(16, byte) && i + 2 < rest.size() && byte != 0) {
      path += static_cast<char>(byte);
      i += 2;
    } else {
      path += rest[i];
    }
  }
  return path.empty() ? std::string() : canonical(path, "/");
}

nlohmann::json diagnostic_of_problem(const std::string& problem) {
  return {{"range", {{"start", position(0, 0)}, {"end", position(0, 0)}}},
          {"severity", as_warning},
          {"source", "corolint"},
          {"code", not_analysed},
          {"message", problem}};
}

nlohmann::json diagnostics_of(const Report& report, const std::string& file) {
  const std::string name = from_root(file, report.root);
  Json all = Json::array();
  for (const Finding& finding : report.findings)
    if (finding.place.file == name) all.push_back(diagnostic_of(report, finding));
  for (const BrokenUnit& unit : report.broken) all.push_back(diagnostic_of(unit, name));
  return all;
}

nlohmann::json code_actions(const Report& report, const std::string& file, const nlohmann::json& range) {
  const std::string name = from_root(file, report.root);
  Json actions = Json::array();
  for (const Finding& finding : report.findings) {
    if (finding.place.file != name) continue;
    const Json diagnostic = diagnostic_of(report, finding);
    if (!touch(diagnostic.at("range"), range)) continue;
    if (!finding.fixes.empty()) actions.push_back(fix_action(report, finding, diagnostic));
    if (!is_own_rule(finding.rule)) actions.push_back(suppress_action(report, finding, diagnostic));
  }
  return actions;
}

}  // namespace corolint
