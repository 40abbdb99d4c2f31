#pragma once

#include "engine/report.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace corolint {

// Returns the driver's `rules`: all that ran, in the report's order, so that a result's index is its rule's
// there.
nlohmann::ordered_json sarif_rules(const Report& report);

// Returns the run's `taxonomies`: the entries of the Common Weakness Enumeration that the rules name, or an
// empty list.
nlohmann::ordered_json sarif_taxonomies(const Report& report);

// Returns the address of the rule's page.
std::string rule_page(std::string_view rule);

}  // namespace corolint
