#pragma once

// The values of a report as corolint's own formats show them.

#include <nlohmann/json.hpp>

#include "engine/report.h"

namespace corolint {

inline constexpr int json_schema_version = 1;

// Returns `place` as an object with `file`, `line`, `column`, `end_line` and `end_column`; null if it is
// nowhere.
nlohmann::ordered_json json_place(const Place& place);

// Returns the words, the applicability and the edits of `fix`.
nlohmann::ordered_json json_fix(const Fix& fix);

// Returns all that is known of `finding`, its fingerprint and its rule's CWE number included.
nlohmann::ordered_json json_finding(const Finding& finding, const Report& report);

// Likewise of a hidden one, with `hidden_by` ("comment" or "baseline") and the `reason` that is given there.
nlohmann::ordered_json json_hidden_finding(const HiddenFinding& hidden, const Report& report);

// Returns the file, the cause and the compiler errors of `unit`.
nlohmann::ordered_json json_broken_unit(const BrokenUnit& unit);

// Returns the function's name, one call of it, and who calls.
nlohmann::ordered_json json_unseen_function(const UnseenFunction& function);

// Returns how many units and findings of each level there are.
nlohmann::ordered_json json_counts(const Report& report);

}  // namespace corolint
