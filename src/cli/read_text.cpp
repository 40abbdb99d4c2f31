#include "cli/read_text.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "project/paths.h"

namespace corolint {

llvm::Expected<std::string> read_text(const std::string& file) {
  const auto text = llvm::MemoryBuffer::getFile(file);
  if (!text)
    return llvm::createStringError("%s cannot be read: %s", file.c_str(), text.getError().message().c_str());
  return (*text)->getBuffer().str();
}

llvm::Expected<std::string> working_directory() {
  llvm::SmallString<256> here;
  if (const std::error_code error = llvm::sys::fs::current_path(here))
    return llvm::createStringError("the working directory cannot be read: %s", error.message().c_str());
  return canonical(here, "/");
}

}  // namespace corolint
