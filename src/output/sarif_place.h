#pragma once

#include "rule/finding.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace corolint {

// Returns `file` (as in Place::file) as a URI: relative to the root, or `file:` for a file outside it.
std::string uri_of(std::string_view file);

// Returns SARIF's `artifactLocation` of `file`.
nlohmann::ordered_json sarif_artifact(const std::string& file);

// Returns SARIF's `physicalLocation` of `place`, always with all four numbers: GitHub wants them.
nlohmann::ordered_json sarif_place(const Place& place);

// Returns SARIF's `logicalLocations` for the function with that qualified name.
nlohmann::ordered_json sarif_function(const std::string& qualified_name);

}  // namespace corolint
