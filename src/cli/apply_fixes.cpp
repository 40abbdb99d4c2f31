#include "cli/apply_fixes.h"

#include "cli/output_files.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "output/unicode.h"

namespace corolint {

namespace {

// A rename gives the file the rights of the temporary one: they are put back.
llvm::Error rewrite(const std::string& path, const std::string& bytes) {
  const auto rights = llvm::sys::fs::getPermissions(path);
  if (llvm::Error error = write_to_file(path, bytes)) return error;
  if (rights) llvm::sys::fs::setPermissions(path, *rights);
  return llvm::Error::success();
}

std::string problems(std::size_t count) {
  return llvm::utostr(count) + (count == 1 ? " problem" : " problems");
}

}  // namespace

llvm::Error write_fixed(const FixedFiles& fixed) {
  for (const auto& [name, file] : fixed.files)
    if (llvm::Error error = rewrite(file.path, file.after)) return error;
  return llvm::Error::success();
}

llvm::Error take_back(const FixedFiles& fixed) {
  for (const auto& [name, file] : fixed.files)
    if (llvm::Error error = rewrite(file.path, file.before)) return error;
  return llvm::Error::success();
}

std::string fix_summary(const FixedFiles& fixed, bool is_done) {
  std::string text;
  for (const std::string& notice : fixed.notices) text += "note: " + printable(notice) + "\n";
  if (fixed.applied > 0)
    text += (is_done ? "Fixed " : "Would fix ") + problems(fixed.applied) + " in " +
            llvm::utostr(fixed.files.size()) + (fixed.files.size() == 1 ? " file.\n" : " files.\n");
  else
    text += "There is nothing to fix.\n";
  if (fixed.unsafe > 0)
    text += problems(fixed.unsafe) +
            " more can be fixed with --unsafe-fixes, which may change what the program does.\n";
  return text;
}

}  // namespace corolint
