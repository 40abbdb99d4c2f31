#pragma once

#include "project/database.h"

#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace corolint {

// Returns the paths that the user gave, canonical; an error if one does not exist, unless they are `unsaved`.
llvm::Expected<std::vector<std::string>> existing_paths(const std::vector<std::string>& paths,
                                                        const std::string& working_directory, bool are_unsaved);

// Returns the entries of `database` that `paths` mean: the files themselves and all below the folders.
// Without paths: all below the project's folder around `working_directory`, or all there are if that has
// none. A file without an entry is an error, a folder without one a notice in `database` while others have
// some.
llvm::Expected<std::vector<CompileCommand>> choose_entries(Database& database,
                                                           const std::vector<std::string>& paths,
                                                           const std::string& working_directory);

// Returns the folder of the project that `folder` lies in: the nearest one upward that corolint's
// configuration or git marks, else `folder` itself.
std::string project_folder(const std::string& folder);

// Returns the nearest folder upward from the files of `commands` that is marked as a project's by corolint's
// configuration or git, else the first that holds them all of: the folder that the database at `origin` is
// for, `working_directory`, the deepest folder that does.
std::string project_root(const std::vector<CompileCommand>& commands, const std::string& origin,
                         const std::string& working_directory);

}  // namespace corolint
