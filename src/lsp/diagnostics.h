#pragma once

// Findings as the Language Server Protocol tells them. Lines and columns start at 0 there, columns count UTF-16
// code units, as ours do from 1.

#include <nlohmann/json.hpp>
#include <string>

#include "engine/report.h"

namespace corolint {

// Returns the absolute path that the URI means; nothing if it is none of a file.
std::string path_of_uri(const std::string& uri);

// Returns the diagnostics of the file (absolute): findings that stand in it, and what of it or of its unit could
// not be analysed.
nlohmann::json diagnostics_of(const Report& report, const std::string& file);

// Returns a diagnostic at the head of a file that says why it could not be checked.
nlohmann::json diagnostic_of_problem(const std::string& problem);

// Returns the code actions for the findings of the file that touch the range: their fixes, and a comment that
// silences each.
nlohmann::json code_actions(const Report& report, const std::string& file, const nlohmann::json& range);

}  // namespace corolint
