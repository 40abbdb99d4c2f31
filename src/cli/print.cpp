#include "cli/print.h"

#include "cli/exit_status.h"
#include "llvm/Support/raw_ostream.h"

namespace corolint {

llvm::Expected<int> print(const std::string& text) {
  llvm::outs() << text;
  llvm::outs().flush();
  if (!llvm::outs().has_error()) return exit_clean;
  const std::error_code error = llvm::outs().error();
  llvm::outs().clear_error();
  return llvm::createStringError("cannot write to stdout: %s", error.message().c_str());
}

}  // namespace corolint
