#pragma once

// Values of the configuration that are not in files found by themselves: `-c` and the environment.

#include "project/config.h"

namespace corolint {

// Returns the files that `-c`, else COROLINT_CONFIG, names, absolute. Relative ones start in the working
// directory.
llvm::Expected<std::vector<std::string>> named_config_files(const ConfigRequest& request,
                                                            const std::string& root);

// Returns the dotted keys of the single values that the schema names, but for what the rules have.
std::vector<std::string> scalar_keys(const nlohmann::json& schema, const std::string& prefix = "");

// Adds a layer for each variable COROLINT_KEY: COROLINT_GATE_FAIL_ON sets `gate.fail-on`. Only single values
// that the schema names can be set so; other variables are left alone.
llvm::Error add_environment(const std::string& root, const nlohmann::json& schema, Config& config);

// Adds a layer for each `-c KEY=VALUE`.
llvm::Error add_settings(const ConfigRequest& request, const std::string& root, const nlohmann::json& schema,
                         Config& config);

// Adds a layer for each flag. Relative paths and globs in it start in the working directory.
void add_flags(const ConfigRequest& request, const std::string& root, Config& config);

}  // namespace corolint
