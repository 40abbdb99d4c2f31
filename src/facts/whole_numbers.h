#pragma once

// JSON that corolint itself writes, or an editor: all of its numbers are whole. To read another one as an
// integer would be undefined where it is too large for it ([conv.fpint]).

#include <nlohmann/json.hpp>
#include <string_view>

namespace corolint {

// Is there a number in it that is not whole, or larger than any integer?
bool has_fraction(const nlohmann::json& value);

// Returns the JSON; throws nlohmann::json::exception if the text is none, or has such a number.
nlohmann::json parse_whole(std::string_view text);

}  // namespace corolint
