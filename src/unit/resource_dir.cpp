#include <dlfcn.h>

#include <cstdlib>

#include "clang/Basic/Version.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "unit/unit.h"

namespace corolint {

namespace {

bool holds_clang_headers(llvm::StringRef dir) {
  llvm::SmallString<256> header(dir);
  llvm::sys::path::append(header, "include", "stddef.h");
  return llvm::sys::fs::exists(header);
}

// Returns the path of the shared library that holds Clang, symlinks resolved: distributions link it from the
// system's library folder into LLVM's own tree, where the resource folder is.
std::string clang_library() {
  Dl_info info{};
  if (dladdr(reinterpret_cast<void*>(&clang::getClangFullVersion), &info) == 0 || !info.dli_fname) return {};
  llvm::SmallString<256> real;
  if (llvm::sys::fs::real_path(info.dli_fname, real)) return info.dli_fname;
  return real.str().str();
}

}  // namespace

llvm::Expected<std::string> find_resource_dir() {
  if (const char* given = std::getenv("COROLINT_RESOURCE_DIR")) {
    if (holds_clang_headers(given)) return std::string(given);
    return llvm::createStringError("COROLINT_RESOURCE_DIR is '%s', but %s/include/stddef.h does not exist",
                                   given, given);
  }
  const llvm::StringRef major = CLANG_VERSION_MAJOR_STRING;
  const std::string library = clang_library();
  const std::string beside = llvm::sys::path::parent_path(library).str();
  for (const std::string& base : {beside, "/usr/lib/llvm-" + major.str() + "/lib"}) {
    llvm::SmallString<256> dir(base);
    llvm::sys::path::append(dir, "clang", major);
    if (holds_clang_headers(dir)) return dir.str().str();
  }
  return llvm::createStringError(
      "Clang's own headers (stddef.h, …) were not found: install libclang-common-%s-dev or set "
      "COROLINT_RESOURCE_DIR",
      major.str().c_str());
}

}  // namespace corolint
