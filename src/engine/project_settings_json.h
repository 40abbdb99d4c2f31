#pragma once

#include <nlohmann/json.hpp>

#include "engine/project_settings.h"

namespace corolint {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(GateSettings, fail_on, broken_fails, baseline)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SuppressionSettings, require_reason, require_rule, strict)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ProjectSettings, gate, suppressions)

}  // namespace corolint
