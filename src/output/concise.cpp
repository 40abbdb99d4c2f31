#include "output/output.h"
#include "output/shown.h"
#include "output/spelling.h"
#include "output/unicode.h"

namespace corolint {

namespace {

std::string line_of(const ShownFinding& shown) {
  const Finding& finding = *shown.finding;
  const std::string mark = mark_of(shown);
  return printable(spelled(finding.place)) + ": " + std::string(level_name(finding.level)) + ": " +
         printable(finding.message) + " [" + finding.rule + "]" +
         (mark.empty() ? "" : " (" + printable(mark) + ")");
}

// Returns all that `full` tells but the source, which whoever reads this has at hand.
std::string rest_of(const Finding& finding) {
  std::string text;
  if (!finding.help.empty()) text += " help: " + finding.help + ";";
  for (std::size_t i = 0; i < finding.path.size(); ++i) {
    const Step& step = finding.path[i];
    text +=
        (i == 0 ? " path: " : " -> ") + step.function + " " + step.text + " (" + spelled(step.place) + ")";
  }
  if (!finding.path.empty()) text += ";";
  if (!finding.fixes.empty()) {
    const bool is_safe = finding.fixes.front().applicability == Applicability::safe;
    text += std::string(" fix: --fix") + (is_safe ? "" : " --unsafe-fixes") + ";";
  }
  return printable(text) + " more: corolint explain " + finding.rule;
}

}  // namespace

std::string as_concise(const Report& report, Hidden hidden) {
  std::string text;
  for (const ShownFinding& shown : shown_findings(report, hidden)) text += line_of(shown) + "\n";
  return printable_lines(text);
}

std::string as_agent(const Report& report, Hidden hidden) {
  std::string text;
  for (const ShownFinding& shown : shown_findings(report, hidden))
    text += line_of(shown) + rest_of(*shown.finding) + "\n";
  return printable_lines(text);
}

}  // namespace corolint
