#pragma once

// The files between the stages: the facts of one unit, and the result of a link.

#include <string>
#include <string_view>

#include "engine/report.h"
#include "engine/unit_result.h"
#include "llvm/Support/Error.h"

namespace corolint {

// Returns the name of the facts file of the unit with that number in the plan.
std::string facts_file_name(std::size_t unit);

// Returns the bytes of a facts file, and back; `plan` is the digest of the plan they belong to. Reading
// refuses, by name, what another plan or version made, and what is no facts file.
std::string facts_text(const UnitResult& result, const std::string& plan);
llvm::Expected<UnitResult> facts_from_text(std::string_view text, const std::string& plan,
                                           const std::string& file);

// Returns a report as a result file, and back.
std::string result_text(const Report& report);
llvm::Expected<Report> result_from_text(std::string_view text, const std::string& file);

}  // namespace corolint
