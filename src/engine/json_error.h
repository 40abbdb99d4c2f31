#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace corolint {

// Returns what is wrong with a machine-made file, without the exception's own name and number.
std::string problem_of(const nlohmann::json::exception& error);

// Returns who wrote a document that this corolint does not read, as "corolint 0.2.0".
std::string writer_of(const nlohmann::json& document);

}  // namespace corolint
