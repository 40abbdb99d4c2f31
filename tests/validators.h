#pragma once

// Judges of corolint's outputs that are not corolint's own: tests/validators, set up from npm, and xmllint.

#include <filesystem>
#include <string>

namespace corolint {

// Runs a script of tests/validators with these arguments, as a shell would read them, and checks that it is
// content.
void validate(const std::string& script, const std::string& arguments);

// Checks that both judges of SARIF accept the log.
void validate_sarif(const std::filesystem::path& log);

// Checks `report` against tests/validators/schemas/NAME.json or NAME.xsd.
void validate_report(const std::string& name, const std::string& report);

}  // namespace corolint
