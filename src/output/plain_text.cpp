#include "output/plain_text.h"

#include "llvm/Support/FormatVariadic.h"
#include "output/spelling.h"
#include "output/unicode.h"

namespace corolint {

namespace {

std::string opening(const Finding& finding) {
  return finding.message + (finding.label.empty() ? "" : ": " + finding.label);
}

std::string at(const Place& place) {
  return place.is_somewhere() ? " (" + spelled(place) + ")" : "";
}

}  // namespace

std::vector<std::string> plain_lines(const Finding& finding) {
  std::vector<std::string> lines = {opening(finding)};
  for (const Note& note : finding.notes) lines.push_back("note: " + note.text + at(note.place));
  for (std::size_t i = 0; i < finding.path.size(); ++i) {
    const Step& step = finding.path[i];
    lines.push_back(llvm::formatv("{0}. {1} {2}{3}", i + 1, step.function, step.text, at(step.place)));
  }
  if (!finding.help.empty()) lines.push_back("help: " + finding.help);
  for (std::string& line : lines) line = printable(line);
  return lines;
}

std::string plain_line(const Finding& finding) {
  std::string text = as_sentence(opening(finding));
  if (!finding.help.empty()) text += " Help: " + as_sentence(finding.help);
  return printable(text);
}

}  // namespace corolint
