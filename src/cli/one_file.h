#pragma once

// One file as an editor holds it, saved or not: `corolint check -` and the language server.

#include "cli/arguments.h"

namespace corolint {

// Returns the project with the commands of `file` (absolute, symlinks resolved) as what is selected. A header
// has the command of a unit that includes it. The file need not be on disk.
llvm::Expected<Project> open_project_of(const std::string& file, const InputRequest& request,
                                        const std::string& here);

// Takes what stands on stdin over into the request, as the text of the file that it names.
llvm::Error read_stdin_file(InputRequest& request);

}  // namespace corolint
