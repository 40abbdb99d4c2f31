#pragma once

#include <string>

#include "models/models.h"

namespace corolint {

// Returns what an entry says as a few indented lines: its role in words, the conditions under which it holds,
// what to write instead, the versions of the library that have it, and why nothing checks its names.
std::string description(const Entry& entry);

// Returns a line that says which library's file the entries above it are from, and where its facts were read.
std::string origin(const Library& library);

// Returns a line a library: its id, title, and how many entries and names it has.
std::string list_of_libraries(const Models& models);

}  // namespace corolint
