#include "project/database.h"
#include "project/paths.h"

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <optional>
#include <set>

namespace corolint {

namespace {

const llvm::StringRef database_name = "compile_commands.json";

bool is_build_folder(llvm::StringRef name) {
  return name == "build" || name == "builddir" || name == "out" || name.starts_with("build-") ||
         name.starts_with("cmake-build-");
}

// Returns the databases of `folder`: its own alone, else all of its build folders', in the folders' order.
std::vector<std::string> databases_in(const std::string& folder) {
  const std::string own = joined(folder, database_name);
  if (llvm::sys::fs::is_regular_file(own)) return {own};
  std::set<std::string> builds;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator it(folder, error), end; it != end && !error; it.increment(error))
    if (is_build_folder(llvm::sys::path::filename(it->path()))) builds.insert(it->path());
  std::vector<std::string> found;
  for (const std::string& build : builds)
    if (const std::string file = joined(build, database_name); llvm::sys::fs::is_regular_file(file))
      found.push_back(file);
  return found;
}

llvm::Expected<Database> open_named(const std::string& name, const std::string& working_directory) {
  const std::string path = canonical(name, working_directory);
  if (!llvm::sys::fs::exists(path))
    return llvm::createStringError("'" + path +
                                   "', given with -p, does not exist: name a build folder that holds " +
                                   database_name + ", or that file");
  if (!llvm::sys::fs::is_directory(path)) return load_compile_database(path);
  const std::string file = joined(path, database_name);
  if (llvm::sys::fs::exists(file)) return load_compile_database(file);
  return llvm::createStringError(
      "'" + path + "', given with -p, holds no " + database_name +
      ": configure that build with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON (CMake), or name "
      "another folder");
}

llvm::Expected<Database> open_flags_file(const std::string& file, const std::vector<std::string>& paths) {
  std::string problem;
  const auto flags = clang::tooling::FixedCompilationDatabase::loadFromFile(file, problem);
  if (!flags) return llvm::createStringError("cannot read " + file + ": " + problem);
  const std::string folder = folder_of(file);
  std::vector<std::string> arguments = flags->getCompileCommands("input").front().CommandLine;
  arguments.front() = "clang";
  arguments.pop_back();  // the input
  return with_fixed_flags(file, folder, arguments, paths.empty() ? std::vector{folder} : paths);
}

llvm::Expected<Database> open_first(const std::vector<std::string>& found) {
  llvm::Expected<Database> database = load_compile_database(found.front());
  if (database && found.size() > 1)
    database->notices.push_back("several compile databases: used " + found.front() + ", not " +
                                llvm::join(found.begin() + 1, found.end(), ", ") + " (choose with -p)");
  return database;
}

// The nearest folder decides, and in it a database comes before a file of flags: a folder of examples with
// flags of its own does not belong to the build of the project around it.
std::optional<llvm::Expected<Database>> open_nearest(const std::string& start,
                                                     const std::vector<std::string>& paths) {
  for (const std::string& folder : folder_and_above(start)) {
    if (const auto found = databases_in(folder); !found.empty()) return open_first(found);
    const std::string flags = joined(folder, "compile_flags.txt");
    if (llvm::sys::fs::is_regular_file(flags)) return open_flags_file(flags, paths);
  }
  return std::nullopt;
}

llvm::Error no_database(const std::string& path) {
  return llvm::createStringError(
      "no compile database found for " + path +
      "\n"
      "make one with your build system:\n"
      "  CMake   cmake -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON\n"
      "  Meson   meson setup build    (it writes compile_commands.json itself)\n"
      "  Bazel   bazel run @hedron_compile_commands//:refresh_all, or bazel-compile-commands\n"
      "  Make    bear -- make\n"
      "then run again, with -p FOLDER if it lies elsewhere; or give the flags after `--`, as in\n"
      "  corolint main.cpp -- -std=c++20 -Iinclude");
}

}  // namespace

llvm::Expected<Database> open_database(const Selection& selection, const std::vector<std::string>& paths,
                                       const std::string& working_directory) {
  if (selection.flags) {
    std::vector<std::string> arguments{"clang"};
    arguments.insert(arguments.end(), selection.flags->begin(), selection.flags->end());
    return with_fixed_flags("the flags after `--`", working_directory, arguments,
                            paths.empty() ? std::vector{working_directory} : paths);
  }
  if (selection.build) return open_named(*selection.build, working_directory);
  const std::string first = paths.empty() ? working_directory : paths.front();
  for (const std::string& start : {folder_of(first), working_directory})
    if (auto database = open_nearest(start, paths)) return std::move(*database);
  return no_database(first);
}

}  // namespace corolint
