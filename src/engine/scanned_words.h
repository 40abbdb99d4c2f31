#pragma once

// What a scan of units tells of those without asynchronous code, as a value that crosses processes and runs.

#include <map>
#include <string>
#include <vector>

#include "llvm/Support/Error.h"
#include "unit/source_words.h"

namespace corolint {

struct ScannedWords {
  std::map<std::string, std::vector<std::string>>
      units;                                   // the project's files that each may include, by its name
  std::map<std::string, SourceWords> files;    // by path, named from the root
  std::map<std::string, std::size_t> reasons;  // why other units are to be parsed, and how many
  bool is_kept = true;                         // the cache knows of what it was made

  // Returns it as text, and back; an error if it is no such text.
  std::string text() const;
  static llvm::Expected<ScannedWords> from_text(llvm::StringRef text);

  // Takes in what another scan tells.
  void add(ScannedWords other);
};

}  // namespace corolint
