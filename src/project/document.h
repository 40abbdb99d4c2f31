#pragma once

// Documents that people write: configuration and library models, in YAML or JSON (which is YAML too), checked
// against a JSON Schema while they are read. One schema serves the reader, the editors and the command that
// prints it; an error names file, line and column, and what was probably meant.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "llvm/Support/Error.h"

namespace corolint {

// Returns the document `text`, which the file `name` holds, as `schema` describes it. Of JSON Schema are
// understood: $ref into $defs, type, enum, const, oneOf, required, properties, additionalProperties, items,
// minItems. The first thing that does not fit is the error: "FILE:LINE:COLUMN: …".
llvm::Expected<nlohmann::json> read_document(std::string_view text, const std::string& name,
                                             const nlohmann::json& schema);

}  // namespace corolint
