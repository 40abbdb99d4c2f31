#pragma once

#include "cli/arguments.h"

namespace corolint {

// Each runs a command and returns the exit status; errors of the user are returned, not printed.
llvm::Expected<int> check(const CheckRequest& request);
llvm::Expected<int> list_rules();
llvm::Expected<int> show_models(const ModelsRequest& request);
llvm::Expected<int> explain(const std::string& rule);

}  // namespace corolint
