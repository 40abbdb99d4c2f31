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
  std::string library;
  std::string headers;             // package or repository
  std::string failure;             // why the headers could not be parsed at all; empty if they were
  std::set<std::string> resolved;  // names that stand for a declaration of the stated kind
  std::set<std::string>
      unresolved;  // names that do not, of those that this version of the library should have
};

// Returns the result of looking all names of `library` up in the headers that `check` names. `checkouts` is
// the folder with public sources as OWNER/NAME, where `check` names a repository.
NameCheck check_names(const Library& library, const HeaderCheck& check, const std::string& checkouts);

// Returns the names of the library that nothing can check, with the reasons.
std::map<std::string, std::string> unchecked_names(const Library& library);

}  // namespace corolint
