#pragma once

#include <string_view>
#include <vector>

#include "expectations.h"

namespace corolint {

// Returns how many functions of the fixture `source` have a body without an expectation in or above it: the
// twins that a rule must be quiet about. Only those at namespace level count, by their layout: they begin in
// the first column and end with a brace in it.
std::size_t count_quiet_functions(std::string_view source, const std::vector<Expectation>& expectations);

}  // namespace corolint
