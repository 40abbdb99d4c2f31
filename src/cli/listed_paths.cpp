#include "cli/listed_paths.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "project/language.h"
#include "project/nothing_selected.h"

namespace corolint {

llvm::Expected<std::vector<std::string>> listed_paths(const std::string& file,
                                                      std::vector<std::string>& notices) {
  const auto text = llvm::MemoryBuffer::getFileOrSTDIN(file, /*IsText=*/true);
  if (!text)
    return llvm::createStringError("--files-from: %s cannot be read: %s", file.c_str(),
                                   text.getError().message().c_str());
  std::vector<std::string> paths;
  std::size_t left_out = 0;
  for (const llvm::StringRef line : llvm::split((*text)->getBuffer(), '\n')) {
    const llvm::StringRef path = line.rtrim('\r');
    if (path.empty()) continue;
    if (is_cxx_file(path) && !is_header(path))
      paths.push_back(path.str());
    else
      ++left_out;
  }
  const std::string name = file == "-" ? "stdin" : file;
  const std::string others = std::to_string(left_out) + (left_out == 1 ? " file" : " files") + " listed in " +
                             name + " are headers or no C++, and not analysed by themselves";
  if (paths.empty())
    return llvm::make_error<NothingSelected>("nothing to analyse: " +
                                             (left_out > 0 ? others : name + " lists no files"));
  if (left_out > 0) notices.push_back(others);
  return paths;
}

}  // namespace corolint
