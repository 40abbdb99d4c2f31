#pragma once

// What the configuration says of rules. It is here and not in project/ because that knows no rules.

#include <nlohmann/json.hpp>

#include "engine/project_settings.h"
#include "engine/rule_settings.h"
#include "llvm/Support/Error.h"
#include "project/config.h"

namespace corolint {

// A rule named on the command line with the level it is to have: `-D NAME`.
struct RuleFlag {
  Level level = Level::error;
  std::string name;  // or a glob
};

// Returns the JSON Schema of the configuration with every rule and its options.
nlohmann::json full_config_schema();

// Returns the settings of all layers, the flags last; an error names the place of a name that no rule has.
// `root` is the project's.
llvm::Expected<RuleSettings> rule_settings(const Config& config, const std::vector<RuleFlag>& flags,
                                           const std::string& root);

// Do the globs under `exclude` match the file, which is named as places name it?
bool is_excluded(const Config& config, const std::string& root, const std::string& file);

// Returns what the configuration says apart from rules; an error names the place of what this version of
// corolint cannot do.
llvm::Expected<ProjectSettings> project_settings(const Config& config);

}  // namespace corolint
