#pragma once

// What a result depends on, as text that another machine and another place of the tree can check: what lies
// below the root is named from there, and files are known by their content.

#include <optional>
#include <string>
#include <vector>

#include "cache/file_log.h"
#include "cache/file_states.h"

namespace corolint {

// Returns the log's observations, a line each; nothing if they cannot be relied on, because a file changed
// while it was looked at or cannot be read any more.
std::optional<std::string> observations_of(const FileLog& log, const std::string& root, FileStates& states);

// Returns the absolute path of the file that a line of the observations tells of, if it was read or looked
// for in vain; else nothing.
std::string file_of(llvm::StringRef line, const std::string& root);

// Returns the project's file that was read, if the line says so, named from the root; else nothing. Likewise
// all of those that a log tells of.
std::string own_file(llvm::StringRef line);
std::vector<std::string> own_files(const FileLog& log, const std::string& root);

// Would the same be observed now?
bool still_holds(llvm::StringRef line, const std::string& root, FileStates& states);

}  // namespace corolint
