#pragma once

// What the cache keeps of a unit, as text.

#include <string>

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

}  // namespace corolint
