#pragma once

// What git knows of a work tree, by its plumbing only: neither the work tree nor the index is written.

#include <map>
#include <string>
#include <vector>

#include "llvm/Support/Error.h"
#include "project/patch.h"

namespace corolint {

// Returns the commit that HEAD and `ref` have in common last; an error says what git says.
llvm::Expected<std::string> merge_base(const std::string& folder, const std::string& ref);

// Returns the commit that `ref` names.
llvm::Expected<std::string> commit_of(const std::string& folder, const std::string& ref);

// Returns the lines of the files below `folder` that differ from the commit; files that git does not know yet
// are changed as a whole. Names are relative to `folder`.
llvm::Expected<ChangedLines> changed_lines(const std::string& folder, const std::string& commit);

// Returns the new names, by old ones, of the files below `folder` that were renamed since the file `since`
// was last committed; none if git does not know it.
std::map<std::string, std::string> renames_since(const std::string& folder, const std::string& since);

}  // namespace corolint
