#include "output/spelling.h"

#include "llvm/Support/FormatVariadic.h"

#include <algorithm>
#include <cstring>

namespace corolint {

std::string spelled(const Place& place) {
  if (!place.is_somewhere()) return {};
  return llvm::formatv("{0}:{1}:{2}", place.file, place.line, place.column);
}

std::string counted(std::size_t count, std::string_view noun) {
  return llvm::formatv("{0} {1}{2}", count, noun, count == 1 ? "" : "s");
}

std::size_t count_of(const Report& report, Level level) {
  return static_cast<std::size_t>(std::ranges::count(report.findings, level, &Finding::level));
}

std::size_t analysed_units(const Report& report) {
  return report.units - std::min(report.units, report.broken.size());
}

const RuleEntry* rule_of(const Report& report, const Finding& finding) {
  const auto found = std::ranges::find(report.rules, finding.rule, &RuleEntry::name);
  return found == report.rules.end() ? nullptr : *found;
}

std::vector<const Finding*> worst_first(const Report& report) {
  std::vector<const Finding*> findings;
  for (const Finding& finding : report.findings) findings.push_back(&finding);
  std::ranges::stable_sort(findings, std::greater(), &Finding::level);
  return findings;
}

std::string sentence_of(const BrokenUnit& unit) {
  std::string text =
      llvm::formatv("The unit '{0}' could not be analysed in full: {1}", unit.file, unit.cause);
  if (!unit.errors.empty()) text += "; first error: " + unit.errors.front().message;
  return as_sentence(text);
}

Place place_of(const BrokenUnit& unit) {
  if (!unit.errors.empty() && unit.errors.front().place.is_somewhere()) return unit.errors.front().place;
  return {unit.file, 1, 1, 1, 1};
}

std::string as_sentence(std::string_view text) {
  const bool is_finished = text.ends_with('.') || text.ends_with('!') || text.ends_with('?');
  return std::string(text) + (is_finished ? "" : ".");
}

std::string signal_name(int signal) {
  const char* name = sigabbrev_np(signal);
  return name ? std::string("SIG") + name : "signal " + std::to_string(signal);
}

std::string interruption_sentence(const Report& report) {
  const auto left = std::ranges::count(report.broken, interrupted_cause, &BrokenUnit::cause);
  return llvm::formatv("interrupted by {0}: {1} of {2} were not analysed, so findings may be missing or wrong",
                       signal_name(report.interrupted_by), left, counted(report.units, "unit"));
}

}  // namespace corolint
