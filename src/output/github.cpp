// GitHub Actions reads commands from a step's output: `::error file=…,line=…::text`. A step shows ten of each
// kind, so the worst findings come first, and a notice tells how many stand only in the log. Whatever a
// source or a file name holds, it must not end a command or begin one: line ends, `%`, and in properties `:`
// and `,` are escaped as the runner unescapes them, all other control characters are gone.

#include "llvm/Support/FormatVariadic.h"
#include "output/output.h"
#include "output/plain_text.h"
#include "output/spelling.h"
#include "output/unicode.h"

namespace corolint {

namespace {

constexpr std::size_t shown_of_each_kind = 10;

std::string escaped(std::string_view text, bool is_property) {
  std::string result;
  for (const char c : text) {
    const bool ends_property = is_property && (c == ':' || c == ',');
    if (c == '%' || c == '\r' || c == '\n' || ends_property)
      result += llvm::formatv("%{0:X-2}", static_cast<unsigned>(c)).str();
    else
      result += c;
  }
  return result;
}

std::string property(std::string_view name, std::string_view value) {
  return std::string(name) + "=" + escaped(printable(value), true);
}

std::string command(std::string_view kind, const std::string& properties, const std::string& text) {
  return llvm::formatv("::{0} {1}::{2}\n", kind, properties, escaped(text, false));
}

// GitHub takes columns only for a place on one line.
std::string properties_of(const Place& place, std::string_view title) {
  std::string text = property("file", place.file);
  text += llvm::formatv(",line={0},endLine={1}", place.line, place.end_line);
  if (place.line == place.end_line)
    text += llvm::formatv(",col={0},endColumn={1}", place.column, place.end_column);
  return text + "," + property("title", title);
}

std::string_view kind_of(Level level) {
  return level == Level::error ? "error" : level == Level::warning ? "warning" : "notice";
}

std::string command(const Finding& finding) {
  std::string text;
  for (const std::string& line : plain_lines(finding)) text += (text.empty() ? "" : "\n") + line;
  return command(kind_of(finding.level), properties_of(finding.place, finding.rule), text);
}

// One command for all broken units: one each would leave no room for findings.
std::string broken_units(const Report& report) {
  if (report.broken.empty()) return {};
  std::string text =
      counted(report.broken.size(), "unit") + " could not be analysed in full, so findings may be missing:";
  for (const BrokenUnit& unit : report.broken) text += "\n" + printable(sentence_of(unit));
  return command("error", property("title", "corolint: not fully analysed"), text);
}

std::string rest(const Report& report) {
  std::size_t hidden = 0;
  for (const Level level : {Level::error, Level::warning, Level::note}) {
    const std::size_t count = count_of(report, level);
    hidden += count - std::min(count, shown_of_each_kind);
  }
  if (hidden == 0) return {};
  return command("notice", property("title", "corolint"),
                 llvm::formatv("{0}; GitHub shows {1} of each kind, the others stand in this step's log",
                               counted(report.findings.size(), "problem"), shown_of_each_kind));
}

}  // namespace

std::string as_github(const Report& report) {
  std::string text = broken_units(report) + rest(report);
  for (const Finding* finding : worst_first(report)) text += command(*finding);
  return text;
}

}  // namespace corolint
