#pragma once

// Where compile commands come from: compile_commands.json as a build system wrote it, or one set of flags for
// all files (compile_flags.txt, or what stands after `--`). All become entries of one shape, still as they
// were written: compile_command.h makes them fit for Clang.

#include "project/project.h"

#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace corolint {

struct Database {
  std::string origin;                   // the file, or "the flags after `--`"
  std::vector<CompileCommand> entries;  // paths canonical, arguments as written
  std::vector<std::string> notices;
};

// Returns the commands for `selection`, whose paths are `paths` (canonical; may be empty), or an error that
// says how to get some.
llvm::Expected<Database> open_database(const Selection& selection, const std::vector<std::string>& paths,
                                       const std::string& working_directory);

// Reads the compile_commands.json at `file`; an empty or broken one is an error.
llvm::Expected<Database> load_compile_database(const std::string& file);

// Returns one entry with `arguments` (compiler first, no input) for each file of `paths` and for each C++
// source below their folders.
llvm::Expected<Database> with_fixed_flags(const std::string& origin, const std::string& directory,
                                          const std::vector<std::string>& arguments,
                                          const std::vector<std::string>& paths);

}  // namespace corolint
