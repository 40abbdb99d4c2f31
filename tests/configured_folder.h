#pragma once

// A folder with a source that blocks and files of configuration, for the tests of those.

#include <doctest/doctest.h>

#include <map>
#include <string>

#include "program.h"
#include "sources.h"

namespace corolint {

inline const std::string blocking_source = lazy_task +
                                           "extern \"C\" unsigned sleep(unsigned);\n"
                                           "task blocks() { sleep(1); co_return; }\n";

// Returns a folder with these files and `src/a.cpp`, which gives one finding of blocking-call-in-coroutine.
inline ScratchFolder configured_folder(std::map<std::string, std::string> files) {
  files.emplace("compile_flags.txt", "-std=c++20\n");
  files.emplace("src/a.cpp", blocking_source);
  return ScratchFolder(files);
}

// Does the program's output hold the text? If not, it is shown.
inline bool says(const Outcome& outcome, const std::string& text) {
  if ((outcome.out + outcome.err).find(text) != std::string::npos) return true;
  MESSAGE(outcome.out << outcome.err);
  return false;
}

inline Outcome check_sources(const ScratchFolder& folder, const std::string& arguments = "") {
  return run_corolint(folder.path(), "check -q -o concise src " + arguments);
}

}  // namespace corolint
