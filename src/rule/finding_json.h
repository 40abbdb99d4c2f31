#pragma once

#include <nlohmann/json.hpp>

#include "rule/finding.h"

namespace corolint {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Place, file, line, column, end_line, end_column)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Note, place, text)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Step, place, function, text)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Edit, place, text)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Fix, message, applicability, edits)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Finding, rule, level, place, message_id, arguments, message, label, notes,
                                   path, help, function, entity, sink, anchor, context, fingerprint, fixes)

}  // namespace corolint
