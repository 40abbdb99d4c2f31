#pragma once

#include <string>
#include <string_view>

namespace corolint {

// Returns ` name="value"` for an XML tag; what XML cannot hold becomes U+FFFD.
std::string xml_attribute(std::string_view name, std::string_view value);

// Returns the printable `text` as XML's character data.
std::string xml_text(std::string_view text);

}  // namespace corolint
