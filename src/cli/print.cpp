#include "cli/print.h"

#include "cli/exit_status.h"
#include "llvm/Support/raw_ostream.h"
#include "output/unicode.h"

namespace corolint {

namespace {

llvm::Expected<int> written(const std::string& bytes) {
  llvm::outs() << bytes;
  llvm::outs().flush();
  if (!llvm::outs().has_error()) return exit_clean;
  const std::error_code error = llvm::outs().error();
  llvm::outs().clear_error();  // else the stream's destructor ends the program
  return llvm::createStringError("cannot write to stdout: %s", error.message().c_str());
}

}  // namespace

llvm::Expected<int> print(const std::string& text) {
  return written(printable_lines(text));
}

llvm::Expected<int> print_bytes(const std::string& bytes) {
  return written(llvm::outs().is_displayed() ? printable_lines(bytes) : bytes);
}

void tell(const std::string& text) {
  llvm::errs() << printable_lines(text);
}

void tell_note(const std::string& text) {
  tell("note: " + printable(text) + "\n");
}

}  // namespace corolint
