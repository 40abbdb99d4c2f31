#pragma once

#include "engine/report.h"
#include "output/source_text.h"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace corolint {

// What is read and computed once per file for all results on it.
struct SarifSources {
  SourceText text;
  std::map<std::string, std::vector<std::string>> hashes;  // line_hashes by file
};

// Makes the result of a finding that is there no more say so.
void mark_absent(nlohmann::ordered_json& result);

// Returns `finding` as a SARIF result.
nlohmann::ordered_json sarif_result(const Report& report, const Finding& finding, SarifSources& sources);

// Marks the `result` of a finding as hidden, and why: a suppression in the source, or known by the baseline.
void mark_hidden(nlohmann::ordered_json& result, const HiddenFinding& hidden);

}  // namespace corolint
