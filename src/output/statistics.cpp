#include <algorithm>
#include <map>

#include "llvm/Support/FormatVariadic.h"
#include "output/output.h"
#include "output/spelling.h"

namespace corolint {

namespace {

struct Counts {
  std::string rule;
  std::size_t errors = 0, warnings = 0, notes = 0, fixable = 0;

  std::size_t total() const { return errors + warnings + notes; }
};

std::vector<Counts> counts_of(const Report& report) {
  std::map<std::string, Counts> by_rule;
  for (const Finding& finding : report.findings) {
    Counts& counts = by_rule[finding.rule];
    counts.rule = finding.rule;
    counts.fixable += !finding.fixes.empty();
    ++(finding.level == Level::error     ? counts.errors
       : finding.level == Level::warning ? counts.warnings
                                         : counts.notes);
  }
  std::vector<Counts> rows;
  for (auto& [rule, counts] : by_rule) rows.push_back(counts);
  std::ranges::stable_sort(rows, std::greater(), &Counts::total);
  return rows;
}

std::string row(const Counts& counts, std::string_view name) {
  std::string fixable;
  if (counts.fixable > 0) fixable = llvm::formatv(" ({0} with a fix)", counts.fixable);
  return llvm::formatv("{0,7} {1,9} {2,6}  {3}{4}\n", counts.errors, counts.warnings, counts.notes, name,
                       fixable);
}

}  // namespace

std::string as_statistics(const Report& report) {
  if (report.findings.empty()) return {};
  Counts all;
  std::string text = " errors  warnings  notes  rule\n";
  for (const Counts& counts : counts_of(report)) {
    text += row(counts, counts.rule);
    all.errors += counts.errors;
    all.warnings += counts.warnings;
    all.notes += counts.notes;
    all.fixable += counts.fixable;
  }
  return text + row(all, "all");
}

}  // namespace corolint
