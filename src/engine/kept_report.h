#pragma once

// A report as the cache keeps it. It follows from the facts of units, but what tells each finding again after
// an edit follows from the code, which may change where the facts stay: of files that are others than when
// the report was kept, their findings are identified anew.

#include <optional>
#include <string>
#include <string_view>

#include "cache/file_states.h"
#include "engine/plan.h"
#include "engine/report.h"

namespace corolint {

// Returns the report as bytes for the cache of this program, and back, as a report on the plan; nothing if
// they are none.
std::string kept_report(const Report& report, FileStates& states);
std::optional<Report> report_from_kept(std::string_view bytes, const Plan& plan, FileStates& states);

}  // namespace corolint
