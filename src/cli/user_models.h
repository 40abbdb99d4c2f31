#pragma once

#include <string>
#include <utility>
#include <vector>

#include "models/models.h"
#include "project/config.h"

namespace corolint {

// Returns the user's models by the names that errors give them: those in `files`, those that the
// configuration names, and what it says of executors.
llvm::Expected<std::vector<std::pair<std::string, std::string>>> user_model_texts(
    const std::vector<std::string>& files, const Config& config);

// Returns the libraries in the texts; an error names the text, and the line and column of what does not fit.
llvm::Expected<std::vector<Library>> read_user_libraries(
    const std::vector<std::pair<std::string, std::string>>& texts);

// Returns the shipped models together with those in `files` and those of the configuration of `folder`;
// errors as above.
llvm::Expected<Models> load_models(const std::vector<std::string>& files, const std::string& folder);

}  // namespace corolint
