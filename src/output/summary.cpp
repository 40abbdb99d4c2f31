// What goes to stderr: how the run went. A run that left something out must not read like a clean one.

#include "output/output.h"
#include "output/spelling.h"
#include "output/unicode.h"

#include "llvm/Support/FormatVariadic.h"

#include <algorithm>
#include <array>
#include <set>

namespace corolint {

namespace {

// Returns how many findings have a fix, and how to see them; nothing if none has.
std::string fixable(const Report& report) {
  std::size_t count = 0, unsafe = 0;
  for (const Finding& finding : report.findings) {
    if (finding.fixes.empty()) continue;
    ++count;
    unsafe += finding.fixes.front().applicability == Applicability::unsafe;
  }
  if (count == 0) return {};
  return llvm::formatv("; {0} {1} a fix (--diff{2} shows {3})", count, count == 1 ? "has" : "have",
                       unsafe > 0 ? " --unsafe-fixes" : "", count == 1 ? "it" : "them");
}

std::string found(const Report& report) {
  if (report.findings.empty())
    return report.broken.empty() ? "Found no problems." : "Found no problems in what could be analysed.";
  std::string levels;
  for (const Level level : std::array{Level::error, Level::warning, Level::note})
    if (const std::size_t count = count_of(report, level))
      levels += (levels.empty() ? "" : ", ") + counted(count, level_name(level));
  std::set<std::string> files;
  for (const Finding& finding : report.findings) files.insert(finding.place.file);
  return llvm::formatv("Found {0} ({1}) in {2}{3}.", counted(report.findings.size(), "problem"), levels,
                       counted(files.size(), "file"), fixable(report));
}

std::string hidden(const Report& report) {
  if (report.hidden.empty()) return {};
  std::size_t known = 0;
  for (const HiddenFinding& one : report.hidden) known += one.by == HiddenFinding::By::baseline;
  const std::size_t suppressed = report.hidden.size() - known;
  std::string parts;
  if (known > 0) parts = std::to_string(known) + " in the baseline";
  if (suppressed > 0) parts += (parts.empty() ? "" : ", ") + std::to_string(suppressed) + " suppressed";
  return std::to_string(report.hidden.size()) + " hidden: " + parts + ".\n";
}

std::string text_of(const CompilerError& error) {
  const std::string place = error.place.is_somewhere() ? spelled(error.place) + ": " : "";
  return llvm::formatv("  {0}{1}\n", printable(place), printable(error.message));
}

}  // namespace

std::string summary(const Report& report) {
  std::string text = llvm::formatv("{0}\n{1}{2} of {3} analysed in {4:f1} s", found(report), hidden(report),
                                   analysed_units(report), counted(report.units, "unit"), report.seconds);
  if (report.known_units > 0) text += llvm::formatv(" ({0} from the cache)", report.known_units);
  return text + ".\n";
}

std::string interruption_text(const Report& report) {
  if (report.interrupted_by == 0) return {};
  return llvm::formatv("corolint: {0}\n", interruption_sentence(report));
}

std::string broken_units_text(const Report& report) {
  std::string text;
  if (report.interrupted_by != 0) text = llvm::formatv("error: {0}\n", interruption_sentence(report));
  for (const BrokenUnit& unit : report.broken) {
    if (unit.cause == interrupted_cause) continue;  // they may be many, and are counted
    text +=
        llvm::formatv("error: not fully analysed: {0}: {1}\n", printable(unit.file), printable(unit.cause));
    for (const CompilerError& error : unit.errors) text += text_of(error);
    if (unit.error_count > unit.errors.size())
      text += llvm::formatv("  and {0}\n", counted(unit.error_count - unit.errors.size(), "more error"));
  }
  return text;
}

std::string unseen_text(const Report& report) {
  constexpr std::size_t shown = 5;
  if (report.unseen.empty()) return {};
  std::string text = llvm::formatv(
      "note: asynchronous code calls {0} of which no body was analysed; what blocks, waits or sets a limit "
      "there is not known:\n",
      counted(report.unseen.size(), "function"));
  for (std::size_t i = 0; i < std::min(shown, report.unseen.size()); ++i) {
    const UnseenFunction& function = report.unseen[i];
    text += llvm::formatv("  '{0}', called by '{1}' at {2}\n", printable(function.name),
                          printable(function.caller), printable(spelled(function.call)));
  }
  if (report.unseen.size() > shown) text += llvm::formatv("  and {0} more\n", report.unseen.size() - shown);
  return text;
}

std::string unread_text(const Report& report) {
  constexpr std::size_t shown = 5;
  if (report.unread.empty()) return {};
  std::string text =
      llvm::formatv("note: {0} with coroutines {1} read by no unit, and so not analysed:\n",
                    counted(report.unread.size(), "file"), report.unread.size() == 1 ? "is" : "are");
  for (std::size_t i = 0; i < std::min(shown, report.unread.size()); ++i)
    text += "  " + printable(report.unread[i]) + "\n";
  if (report.unread.size() > shown) text += llvm::formatv("  and {0} more\n", report.unread.size() - shown);
  return text;
}

}  // namespace corolint
