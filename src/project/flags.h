#pragma once

#include "project/project.h"

#include <string>
#include <vector>

namespace corolint {

// What cleaning left out of one command and people should hear of. Sorted, no two are equal.
struct DroppedFlags {
  std::vector<std::string> unknown;         // flags that Clang does not know, without their values
  std::vector<std::string> lost_headers;    // `-include X` where only the precompiled X is there
  std::vector<std::string> lost_responses;  // `@X` where there is no X, or one that cannot be read
};

// Makes the arguments of `command`, a C++ unit without launchers, fit for Clang's driver: without outputs,
// without what changes code generation only, without what only another compiler understands; the input last.
DroppedFlags clean_flags(CompileCommand& command);

// Replaces each `@file` by the words in that file, which is sought in the command's directory.
void expand_responses(CompileCommand& command);

}  // namespace corolint
