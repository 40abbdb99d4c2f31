#pragma once

// The findings that a project knows and does not want to hear of: a JSON file that is made by `corolint
// baseline`, sorted, one finding a line, so that changes of it are small and merge.

#include <map>
#include <string>
#include <vector>

#include "engine/matching.h"
#include "engine/report.h"
#include "llvm/Support/Error.h"

namespace corolint {

struct Baseline {
  std::string fingerprint;  // the version of the identities in it
  std::vector<KnownFinding> findings;
};

// Returns the baseline as bytes, and back; an error names the file and what is wrong with it.
std::string baseline_text(const Baseline& baseline);
llvm::Expected<Baseline> baseline_from_text(std::string_view text, const std::string& file);

// Returns what the findings of the report are, hidden by a baseline or not.
std::vector<KnownFinding> known_findings(const Report& report);

// Hides the findings that the baseline knows; what it knows and the report lacks becomes `absent`, as far as
// the run covered its file. `renames` gives new names of files by old ones.
void apply_baseline(const Baseline& baseline, const std::map<std::string, std::string>& renames,
                    Report& report);

// Was the file seen by the run, so that a finding that is not there is fixed?
bool is_covered(const Report& report, const std::string& file);

// Likewise with the findings of another report, which may be hidden in it, in place of a baseline.
void compare_with(const Report& old, const std::map<std::string, std::string>& renames, Report& report);

}  // namespace corolint
