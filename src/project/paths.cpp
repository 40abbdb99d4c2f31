#include "project/paths.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace corolint {

std::string canonical(llvm::StringRef name, llvm::StringRef base) {
  llvm::SmallString<256> absolute(name), real;
  llvm::sys::path::make_absolute(base, absolute);
  if (!llvm::sys::fs::real_path(absolute, real)) return real.str().str();
  const llvm::StringRef parent = llvm::sys::path::parent_path(absolute);
  if (parent.empty()) return absolute.str().str();
  llvm::SmallString<256> resolved(canonical(parent, base));
  llvm::sys::path::append(resolved, llvm::sys::path::filename(absolute));
  llvm::sys::path::remove_dots(resolved, /*remove_dot_dot=*/true);
  return resolved.str().str();
}

bool is_within(llvm::StringRef name, llvm::StringRef folder) {
  if (!name.consume_front(folder)) return false;
  return name.empty() || folder.ends_with("/") || name.starts_with("/");
}

std::string folder_of(llvm::StringRef name) {
  return (llvm::sys::fs::is_directory(name) ? name : llvm::sys::path::parent_path(name)).str();
}

std::vector<std::string> folder_and_above(llvm::StringRef folder) {
  std::vector<std::string> folders;
  for (; !folder.empty(); folder = llvm::sys::path::parent_path(folder)) folders.push_back(folder.str());
  return folders;
}

std::string joined(llvm::StringRef folder, llvm::StringRef name) {
  llvm::SmallString<256> whole(folder);
  llvm::sys::path::append(whole, name);
  return whole.str().str();
}

std::string common_folder(const std::vector<std::string>& files) {
  llvm::StringRef common = llvm::sys::path::parent_path(files.front());
  for (const std::string& file : files)
    while (!is_within(file, common)) common = llvm::sys::path::parent_path(common);
  return common.str();
}

}  // namespace corolint
