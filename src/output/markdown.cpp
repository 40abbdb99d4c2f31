// For job summaries and comments on GitHub and GitLab. Names and messages come from the analysed code, so
// every character that Markdown or HTML could read is escaped, and nobody is mentioned. GitHub drops a
// summary of more than 1 MiB whole: what goes beyond is counted instead.

#include <algorithm>
#include <map>

#include "llvm/Support/FormatVariadic.h"
#include "output/output.h"
#include "output/shown.h"
#include "output/spelling.h"
#include "output/unicode.h"

namespace corolint {

namespace {

constexpr std::size_t byte_limit = 900'000;

// What Markdown, GitHub's mathematics and emoji, or HTML would read. CommonMark lets a backslash stand before
// any ASCII punctuation (https://spec.commonmark.org/0.31.2/#backslash-escapes); mentions are looked for
// after that, so a zero-width space parts `@` from the name.
constexpr std::string_view meaningful = "\\`*_{}[]()#+-.!|~:$";

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : printable(text)) {
    if (c == '<' || c == '>' || c == '&')
      result += c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;";
    else if (c == '@')
      result += "@&#8203;";
    else
      result += meaningful.find(c) != std::string_view::npos ? std::string("\\") + c : std::string(1, c);
  }
  return result;
}

std::string title(const Report& report) {
  if (report.findings.empty())
    return report.broken.empty() ? "no problems" : "no problems in what could be analysed";
  std::string levels;
  for (const Level level : {Level::error, Level::warning, Level::note})
    if (const std::size_t count = count_of(report, level))
      levels += (levels.empty() ? "" : ", ") + counted(count, level_name(level));
  return llvm::formatv("{0} ({1})", counted(report.findings.size(), "problem"), levels);
}

std::string broken_units(const Report& report) {
  if (report.broken.empty()) return {};
  std::string text =
      llvm::formatv("**{0} of {1} could not be analysed in full, so findings may be missing:**\n\n",
                    report.broken.size(), counted(report.units, "unit"));
  for (const BrokenUnit& unit : report.broken) text += "- " + escaped(sentence_of(unit)) + "\n";
  return text + "\n";
}

std::string rule_table(const Report& report) {
  std::map<std::string, std::map<Level, std::size_t>> counts;
  for (const Finding& finding : report.findings) ++counts[finding.rule][finding.level];
  std::string text = "| rule | errors | warnings | notes |\n| --- | ---: | ---: | ---: |\n";
  for (auto& [rule, of] : counts)
    text += llvm::formatv("| {0} | {1} | {2} | {3} |\n", escaped(rule), of[Level::error], of[Level::warning],
                          of[Level::note]);
  return text + "\n";
}

std::string item(const Finding& finding) {
  std::string text =
      llvm::formatv("- **{0}** {1} {2} ({3})\n", level_name(finding.level), escaped(spelled(finding.place)),
                    escaped(as_sentence(finding.message)), escaped(finding.rule));
  for (std::size_t i = 0; i < finding.path.size(); ++i) {
    const Step& step = finding.path[i];
    text += llvm::formatv("  {0}. {1} {2} {3}\n", i + 1, escaped(step.function), escaped(step.text),
                          escaped(spelled(step.place)));
  }
  return text + (finding.help.empty() ? "" : "  - " + escaped(as_sentence("help: " + finding.help)) + "\n");
}

// Returns a list that can be opened, as far as there is room for it.
std::string hidden_findings(const Report& report, std::size_t room) {
  if (report.hidden.empty()) return {};
  std::string text = llvm::formatv("\n<details><summary>{0} hidden</summary>\n\n", report.hidden.size());
  for (const HiddenFinding& one : report.hidden) {
    const Finding& finding = one.finding;
    const std::string next = llvm::formatv("- {0} {1} ({2}; {3})\n", escaped(spelled(finding.place)),
                                           escaped(as_sentence(finding.message)), escaped(finding.rule),
                                           escaped(mark_of({&finding, &one})));
    if (text.size() + next.size() > room) break;
    text += next;
  }
  return text + "\n</details>\n";
}

}  // namespace

std::string as_markdown(const Report& report, Hidden hidden) {
  std::string text = llvm::formatv("## corolint: {0}\n\n", title(report));
  text += broken_units(report);
  if (!report.findings.empty()) text += rule_table(report);
  std::size_t left = report.findings.size();
  for (const Finding* finding : worst_first(report)) {
    const std::string next = item(*finding);
    if (text.size() + next.size() > byte_limit) break;
    text += next;
    --left;
  }
  if (hidden == Hidden::told) text += hidden_findings(report, byte_limit - std::min(byte_limit, text.size()));
  if (left != 0) text += llvm::formatv("\nAnd {0} more: see the other reports of this run.\n", left);
  return text;
}

}  // namespace corolint
