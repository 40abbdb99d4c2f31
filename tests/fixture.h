#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/unit_result.h"

namespace corolint {

// Returns the folder fixtures/ of the source tree.
std::filesystem::path fixtures_folder();

// Returns the text of a file; fails the test case if it cannot be read.
std::string read_file(const std::filesystem::path& file);

// Runs the rules with these names (all, if there are none) over a source file as fixtures are compiled:
// against the small fakes in fixtures/lib, or, if its first line is `// real-library`, against the installed
// headers.
UnitResult analyse_fixture(const std::filesystem::path& file, const std::vector<std::string>& rules);

// As above, with rules that the test made itself.
UnitResult analyse_fixture(const std::filesystem::path& file, const std::vector<const RuleEntry*>& rules);

}  // namespace corolint
