#pragma once

#include <nlohmann/json.hpp>

#include "facts/facts.h"

namespace corolint {

// Returns the facts as JSON, with every text once, and back. Reading throws nlohmann::json::exception if the
// document is not what writing makes.
nlohmann::json to_json(const UnitFacts& facts);
UnitFacts facts_from_json(const nlohmann::json& document);

}  // namespace corolint
