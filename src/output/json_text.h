#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace corolint {

// Returns `document` indented by two, with a final line end. Bytes that are not UTF-8 become U+FFFD: names
// and literals come from sources that may hold anything, and nothing may throw.
std::string json_text(const nlohmann::ordered_json& document);

// Returns `document` on one line, with a final line end; as to bytes as above.
std::string json_line(const nlohmann::ordered_json& document);

}  // namespace corolint
