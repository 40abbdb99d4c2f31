#pragma once

#include "cli/arguments.h"
#include "engine/baseline.h"

namespace corolint {

// Returns the file of the baseline for the project whose root is `root`: the one that the command line names,
// else the configuration, else `.corolint-baseline.json` there.
std::string baseline_file(const NewRequest& request, const GateSettings& settings, const std::string& root);

// Returns the baseline in the file; with identities of another version than this program's it is an error.
llvm::Expected<Baseline> read_baseline(const std::string& file);
// Likewise, of any version.
llvm::Expected<Baseline> read_any_baseline(const std::string& file);

// Returns an error if the baseline, the patch or the commit that the request names is not to be had: better
// told before an analysis than after it. A patch on stdin is left for `keep_new`.
llvm::Error check_new(const NewRequest& request, const GateSettings& settings, const std::string& root);

// Leaves in the report what the request asks for: what the baseline does not know, and what touches changed
// lines. Sentences about that are added to `notices`.
llvm::Error keep_new(const NewRequest& request, Report& report, std::vector<std::string>& notices);

}  // namespace corolint
