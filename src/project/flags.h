#pragma once

#include "project/compiler.h"
#include "project/project.h"

#include <map>
#include <string>
#include <vector>

namespace corolint {

// What cleaning left out of one command and people should hear of. Sorted, no two are equal.
struct DroppedFlags {
  std::vector<std::string> unknown;         // flags that Clang does not know, without their values
  std::vector<std::string> lost_headers;    // `-include X` where only the precompiled X is there
  std::vector<std::string> lost_responses;  // `@X` where there is no X, or one that cannot be read
};

// Makes the arguments of commands fit for Clang's driver: without outputs, without what changes code
// generation only, without what only another compiler understands; the input last.
class FlagCleaning {
 public:
  // Cleans the arguments of `command`, a C++ unit without launchers.
  DroppedFlags clean(CompileCommand& command);

 private:
  struct Result {
    std::vector<std::string> arguments;  // without the input
    DroppedFlags dropped;
  };
  Result result_for(const CompileCommand& command, const Compiler& compiler);

  // By the directory and the arguments without the unit's own: mostly, a project's units share the rest, and
  // to look each flag up in Clang's table takes its time.
  std::map<std::vector<std::string>, Result> known_;
};

// Replaces each `@file` by the words in that file, which is sought in the command's directory.
void expand_responses(CompileCommand& command);

}  // namespace corolint
