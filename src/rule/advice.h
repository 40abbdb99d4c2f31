#pragma once

#include "rule/pass.h"

namespace corolint {

// Returns the help for what is wrong in the class `subject` ("timeout", "fan-out"): what the library offers
// for it, else `otherwise`.
std::string advice(const Pass& pass, const std::string& library, const std::string& subject,
                   std::string_view otherwise);

}  // namespace corolint
