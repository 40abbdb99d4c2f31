#pragma once

// Documents that people write: configuration and library models, in YAML or JSON (which is YAML too), checked
// against a JSON Schema while they are read. One schema serves the reader, the editors and the command that
// prints it; an error names file, line and column, and what was probably meant.

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "llvm/Support/Error.h"

namespace corolint {

// A place in a document, from 1.
struct DocumentPlace {
  unsigned line = 0, column = 0;
};

// A document with where each value stands, by JSON pointer.
struct Document {
  nlohmann::json value;
  std::map<std::string, DocumentPlace> places;
};

// Returns the document `text`, which the file `name` holds, as `schema` describes it. Of JSON Schema are
// understood: $ref into $defs, type, enum, const, minimum, oneOf, required, properties, additionalProperties,
// items, patternProperties, minItems; and `x-key`, the word for an object's keys, and `x-refused`, why a key
// that one may expect is not to be set. The first thing that does not fit is the error: "FILE:LINE:COLUMN:
// …".
llvm::Expected<nlohmann::json> read_document(std::string_view text, const std::string& name,
                                             const nlohmann::json& schema);

// Likewise, with the places.
llvm::Expected<Document> read_placed_document(std::string_view text, const std::string& name,
                                              const nlohmann::json& schema);

}  // namespace corolint
