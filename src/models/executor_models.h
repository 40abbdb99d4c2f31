#pragma once

#include <string>
#include <vector>

namespace corolint {

// Returns the text of a library model, after src/models/schema.json, for executors of the classes in `types`
// on which blocking is allowed: whatever is handed over with one of them, or by a method of it, runs there.
std::string executor_models_text(const std::vector<std::string>& types);

}  // namespace corolint
