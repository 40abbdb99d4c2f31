#pragma once

// The names that a library's real headers declare, to check its model against.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "models/entry.h"

namespace corolint {

// What became of checking one library against one set of headers.
struct NameCheck {
  std::string headers;             // package or repository
  std::string failure;             // the first error of parsing them; empty if there was none
  std::set<std::string> resolved;  // names that stand for a declaration of the stated kind
  std::set<std::string>
      unresolved;  // names that do not, of those that this version of the library should have
};

// What became of checking it against all of its headers.
struct LibraryCheck {
  std::vector<NameCheck> checks;
  std::set<std::string> resolved;                // in some of the headers, or under another of the roots
  std::set<std::string> unresolved;              // in none
  std::map<std::string, std::string> unchecked;  // names that nothing can check, with the reasons
};

// Returns the result of looking all names of `library` up in the headers that its `check` names. `checkouts`
// is the folder with public sources as OWNER/NAME; if it is empty only the headers of Debian's packages are
// asked.
LibraryCheck check_library(const Library& library, const std::string& checkouts);

// Returns the result as a table for people.
std::string table_of(const Library& library, const LibraryCheck& check);

}  // namespace corolint
