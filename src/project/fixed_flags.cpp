#include "project/database.h"
#include "project/language.h"
#include "project/paths.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <set>

namespace corolint {

namespace {

bool is_cxx_source(llvm::StringRef file) {
  return llvm::StringSwitch<bool>(llvm::sys::path::extension(file))
      .Cases({".cc", ".cpp", ".cxx", ".c++", ".C", ".cppm", ".ixx"}, true)
      .Default(false);
}

// Adds the C++ sources below `folder`. Symlinks to folders are not followed: they may lead in circles.
llvm::Error add_sources(const std::string& folder, std::set<std::string>& files) {
  std::error_code error;
  llvm::sys::fs::recursive_directory_iterator it(folder, error, /*follow_symlinks=*/false), end;
  for (; !error && it != end; it.increment(error)) {
    const llvm::StringRef name = llvm::sys::path::filename(it->path());
    if (name.starts_with("."))
      it.no_push();
    else if (is_cxx_source(name) && llvm::sys::fs::is_regular_file(it->path()))
      files.insert(canonical(it->path(), folder));
  }
  if (error)
    return llvm::createStringError("cannot read all of the folder " + folder + ": " + error.message());
  return llvm::Error::success();
}

}  // namespace

llvm::Expected<Database> with_fixed_flags(const std::string& origin, const std::string& directory,
                                          const std::vector<std::string>& arguments,
                                          const std::vector<std::string>& paths) {
  std::set<std::string> files;
  for (const std::string& path : paths) {
    if (llvm::sys::fs::is_directory(path)) {
      if (llvm::Error error = add_sources(path, files)) return error;
    } else if (!is_header(path)) {
      files.insert(path);
    }
  }
  Database database{origin, {}, {}};
  for (const std::string& file : files) {
    database.entries.push_back({directory, file, arguments});
    database.entries.back().arguments.push_back(file);
  }
  return database;
}

}  // namespace corolint
