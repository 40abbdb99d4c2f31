#pragma once

// Which files are analysed, with which flags: from the command line's paths and the compile database.

#include <optional>
#include <string>
#include <vector>

#include "llvm/Support/Error.h"

namespace corolint {

// One way to compile one source file.
struct CompileCommand {
  std::string directory;               // absolute; relative paths in `arguments` start here
  std::string file;                    // absolute, symlinks resolved
  std::vector<std::string> arguments;  // [0] is the compiler; ready for Clang's driver, input file last

  friend auto operator<=>(const CompileCommand&, const CompileCommand&) = default;
};

// What the user asked for.
struct Selection {
  std::vector<std::string> paths;                 // files or folders; empty: all of the project
  std::optional<std::string> build;               // -p: a folder with compile_commands.json, or the file
  std::optional<std::vector<std::string>> flags;  // what stands after `--`
  std::vector<std::string> query_drivers = {};    // globs for compilers that may be run to ask them
  std::vector<std::string> path_maps = {};        // "FROM=TO": folders that the database calls otherwise
  bool are_unsaved = false;                       // the paths are files that need not be on disk
};

struct Project {
  std::string root;                      // absolute, symlinks resolved
  std::vector<CompileCommand> commands;  // sorted by file, then arguments; no two are equal
  std::vector<CompileCommand> others;    // the project's units that were not selected, likewise sorted
  std::vector<std::string> notices;      // what was left out or changed, for stderr
  std::string origin;                    // where the commands come from: a file, or "the flags after `--`"
};

// Returns the units that `selection` means, seen from the folder `working_directory` (absolute), or an error
// that says what to do: a path that does not exist, no compile database, a broken one, nothing selected.
llvm::Expected<Project> open_project(const Selection& selection, const std::string& working_directory);

}  // namespace corolint
