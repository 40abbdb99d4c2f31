#pragma once

// A source tree with a compile database for one test.

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "project/paths.h"
#include "project/project.h"

namespace corolint {

using Strings = std::vector<std::string>;

// A folder that lives as long as the test. Entries added with `compile` go into `path/compile_commands.json`.
class Tree {
 public:
  Tree() {
    llvm::SmallString<128> made;
    REQUIRE(!llvm::sys::fs::createUniqueDirectory("corolint-project", made));
    path = canonical(made, "/");
    write(".git/HEAD", "");
  }
  ~Tree() { llvm::sys::fs::remove_directories(path); }
  Tree(const Tree&) = delete;

  std::string at(const std::string& name) const { return joined(path, name); }

  std::string write(const std::string& name, const std::string& text) const {
    const std::string file = at(name);
    llvm::sys::fs::create_directories(llvm::sys::path::parent_path(file));
    std::ofstream(file) << text;
    return file;
  }

  // Writes the source `name` and enters `command`, which runs in `path`, for it.
  void compile(const std::string& name, const std::string& command,
               const std::string& in = "compile_commands.json") {
    write(name, "");
    enter(name, command, in);
  }

  void enter(const std::string& file, const std::string& command,
             const std::string& in = "compile_commands.json") {
    entries_.push_back(llvm::json::Object{{"directory", path}, {"file", file}, {"command", command}});
    std::string text;
    llvm::raw_string_ostream(text) << llvm::json::Value(llvm::json::Array(entries_));
    write(in, text);
  }

  Project open(const Selection& selection = {}, const std::string& from = "") const {
    auto project = open_project(selection, from.empty() ? path : from);
    if (!project) FAIL(llvm::toString(project.takeError()));
    return *project;
  }

  std::string error(const Selection& selection = {}) const {
    auto project = open_project(selection, path);
    return project ? "no error" : llvm::toString(project.takeError());
  }

  // Returns the cleaned arguments between compiler and input for `flags`.
  Strings clean(const std::string& flags, const std::string& compiler = "g++") {
    compile("unit.cpp", compiler + " " + flags + " unit.cpp");
    const Project project = open({{"unit.cpp"}, {}, {}});
    Strings arguments = project.commands.at(0).arguments;
    CHECK(arguments.back() == at("unit.cpp"));
    notices = project.notices;
    return {arguments.begin() + 1, arguments.end() - 1};
  }

  std::string path;
  Strings notices;

 private:
  std::vector<llvm::json::Value> entries_;
};

inline bool has(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return true;
  MESSAGE(text);
  return false;
}

inline Strings names(const Project& project) {
  Strings names;
  for (const auto& command : project.commands) names.push_back(llvm::sys::path::filename(command.file).str());
  return names;
}

}  // namespace corolint
