#include "cli/read_text.h"

#include "llvm/Support/FileSystem.h"
#include "project/paths.h"
#include "project/text_file.h"

namespace corolint {

llvm::Expected<std::string> read_text(const std::string& file) {
  return read_text_file(file);
}

llvm::Expected<std::string> working_directory() {
  llvm::SmallString<256> here;
  if (const std::error_code error = llvm::sys::fs::current_path(here))
    return llvm::createStringError("the working directory cannot be read: %s", error.message().c_str());
  return canonical(here, "/");
}

}  // namespace corolint
