#pragma once

// Files that machines and people hand to corolint: databases, configuration, models, facts, results. They may
// be anything: cut off, binary, in another encoding, or made to break a reader.

#include <string>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace corolint {

// Returns the text of the file, UTF-8 without a byte order mark. An error names the file, and the place of
// what is no text: "FILE:LINE:COLUMN: …".
llvm::Expected<std::string> read_text_file(const std::string& file);

// Returns an error that names the place if the JSON `text` of the file `name` nests too deep for a reader
// that calls itself for each level.
llvm::Error check_json_depth(llvm::StringRef text, const std::string& name);

// As above for YAML, where brackets and indentation nest; brackets in strings count too.
llvm::Error check_yaml_depth(llvm::StringRef text, const std::string& name);

}  // namespace corolint
