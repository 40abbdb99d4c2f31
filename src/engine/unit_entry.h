#pragma once

// What the cache keeps of a unit, as text.

#include <string>
#include <vector>

#include "cache/file_log.h"
#include "llvm/ADT/StringRef.h"

namespace corolint {

struct UnitEntry {
  llvm::StringRef root;          // the root that it holds for, if the facts name it
  llvm::StringRef shared;        // the name of observations that many units share; may be empty
  llvm::StringRef observations;  // lines: what was seen of files
  llvm::StringRef facts;         // empty in a text that is no entry
};

// Returns the entry as text, and back; what is returned refers to the text.
std::string entry_text(const UnitEntry& entry);
UnitEntry unit_entry(llvm::StringRef text);

// Returns the project's files among the observations, named from the root.
std::vector<std::string> own_files(llvm::StringRef observations);

// Returns the paths of the project's files among those read, named from the root.
std::vector<std::string> files_read(const FileLog& log, const std::string& root);

}  // namespace corolint
