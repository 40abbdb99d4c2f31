#include "unit/libcxx.h"

#include <algorithm>

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

namespace corolint {

namespace {

namespace path = llvm::sys::path;

// Returns the folder of the program that `compiler` names, symlinks resolved; empty if there is none.
std::string installed_folder(llvm::StringRef compiler) {
  std::string program = compiler.str();
  if (!path::has_parent_path(program))
    if (auto found = llvm::sys::findProgramByName(program)) program = *found;
  llvm::SmallString<256> real;
  return llvm::sys::fs::real_path(program, real) ? std::string() : path::parent_path(real).str();
}

bool holds_libcxx(llvm::StringRef folder) {
  llvm::SmallString<256> header(folder);
  path::append(header, "..", "include", "c++", "v1");
  return !folder.empty() && llvm::sys::fs::exists(header + "/coroutine");
}

}  // namespace

std::string compiler_with_libcxx(const std::vector<std::string>& arguments, const std::string& resource_dir) {
  const std::string& compiler = arguments.front();
  if (std::find(arguments.begin(), arguments.end(), "-stdlib=libc++") == arguments.end()) return compiler;
  // lib/clang/22 lies beside bin.
  llvm::SmallString<256> clang(path::parent_path(path::parent_path(path::parent_path(resource_dir))));
  path::append(clang, "bin");
  for (const std::string& folder : {installed_folder(compiler), clang.str().str()}) {
    if (!holds_libcxx(folder)) continue;
    llvm::SmallString<256> known(folder);
    path::append(known, path::filename(compiler));
    return known.str().str();
  }
  return compiler;
}

}  // namespace corolint
