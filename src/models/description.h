#pragma once

#include <string>

#include "models/models.h"

namespace corolint {

// Returns what an entry says as a few indented lines: its role in words, the conditions under which it holds,
// what to write instead, and where the fact is from.
std::string description(const Entry& entry, const Library& library);

// Returns a line a library: its id, title, and how many entries and names it has.
std::string list_of_libraries(const Models& models);

}  // namespace corolint
