#pragma once

// The files between the stages: the facts of one unit, and the result of a link.

#include <optional>
#include <string>
#include <string_view>

#include "engine/report.h"
#include "engine/unit_result.h"
#include "llvm/Support/Error.h"

namespace corolint {

// Returns the name of the facts file of the unit with that number in the plan.
std::string facts_file_name(std::size_t unit);

// Returns what the analysis of a unit gave as text, and back; an error says that `file` is no such text.
std::string facts_text(const UnitResult& result);
llvm::Expected<UnitResult> facts_from_text(std::string_view text, const std::string& file);

// Returns such a text as the bytes of a facts file of the plan with that digest, and whether that is what a
// file's bytes are: an error that names the file if another plan or version made it, or if it was changed.
std::string facts_file_text(std::string_view facts, const std::string& plan);
llvm::Error is_of_plan(std::string_view text, const std::string& plan, const std::string& file);

// Returns a report as a result file, and back.
std::string result_text(const Report& report);
llvm::Expected<Report> result_from_text(std::string_view text, const std::string& file);

}  // namespace corolint
