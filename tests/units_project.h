#pragma once

// A project of six units with a finding each, and a folder for what a run writes.

#include <set>
#include <string>

#include "fixture.h"
#include "program.h"
#include "sources.h"

namespace corolint {

inline constexpr unsigned unit_count = 6;

// Units with a finding each.
struct UnitsProject : ScratchFolder {
  UnitsProject() {
    for (unsigned i = 0; i < unit_count; ++i)
      write("src/u" + std::to_string(i) + ".cpp", lazy_task +
                                                      "extern \"C\" unsigned sleep(unsigned);\ntask f" +
                                                      std::to_string(i) + "() { sleep(1); co_return; }\n");
    write("src/compile_flags.txt", "-std=c++20\n");
    std::filesystem::create_directory(path() / "out");
  }

  std::set<std::string> outputs() const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path() / "out"))
      names.insert(entry.path().filename());
    return names;
  }
  std::string output(const std::string& name) const { return read_file(path() / "out" / name); }
};

}  // namespace corolint
