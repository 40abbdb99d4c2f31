#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/unit_result.h"
#include "models/models.h"
#include "unit/unit.h"

namespace corolint {

// Returns the folder fixtures/ of the source tree.
std::filesystem::path fixtures_folder();

// Returns the text of a file; fails the test case if it cannot be read.
std::string read_file(const std::filesystem::path& file);

// Returns the models that fixtures are read with: the shipped ones.
const Models& fixture_models();

// Returns how fixtures are compiled: the command for a source file, and the project's settings.
CompileCommand fixture_command(const std::filesystem::path& file);
ParseSettings fixture_settings();

// Parses a source file as fixtures are compiled; see analyse_fixture.
ParsedUnit parse_fixture(const std::filesystem::path& file);

// Is what the first line asks for (`// real-library: PACKAGE…`) on this machine?
bool can_compile(const std::filesystem::path& file);

// Returns the fixtures in a folder, sorted: its source files, each a program of its own, and its folders,
// whose source files are one program.
std::vector<std::filesystem::path> fixtures_in(const std::filesystem::path& folder);

// Returns the source files of a fixture.
std::vector<std::filesystem::path> sources_of(const std::filesystem::path& fixture);

// Runs the rules with these names (all, if there are none) over a fixture and links its units. Sources are
// compiled against the small fakes in fixtures/lib, or, if the first line is `// real-library`, against the
// installed headers.
UnitResult analyse_fixture(const std::filesystem::path& file, const std::vector<std::string>& rules);

// As above, with rules that the test made itself.
UnitResult analyse_fixture(const std::filesystem::path& file, const std::vector<const RuleEntry*>& rules);

}  // namespace corolint
