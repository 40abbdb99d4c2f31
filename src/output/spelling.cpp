#include "output/spelling.h"

#include "llvm/Support/FormatVariadic.h"

#include <algorithm>

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

}  // namespace corolint
