#pragma once

// A small project and its cache, for the tests of what is kept between runs.

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "program.h"

namespace corolint {

// Three sources with a compile database; `a` and `b` include a header that blocks, `c` includes nothing.
struct CachedProject : ScratchFolder {
  explicit CachedProject(const std::string& folder = "tree");

  void write_database(const std::string& folder) const;

  // Runs corolint in the folder, the project's own if it is empty, with the project's cache.
  Outcome run(const std::string& arguments, const std::string& folder = "") const;

  // Runs a check of everything and returns how many units came from the cache.
  int known(const std::string& folder = "") const;

  std::filesystem::path cache() const { return path() / "cache"; }

  // Returns the files of a kind in the cache.
  std::vector<std::filesystem::path> entries(const std::string& kind) const;

  std::string root;
};

}  // namespace corolint
