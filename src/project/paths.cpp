#include "project/paths.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace corolint {

std::string canonical(llvm::StringRef name, llvm::StringRef base) {
  while (name.starts_with("//")) name = name.drop_front();  // LLVM takes `//name` for the root of a network
  llvm::SmallString<256> path(name), real;
  llvm::sys::path::make_absolute(base, path);
  llvm::StringRef existing = path;
  while (!existing.empty() && llvm::sys::fs::real_path(existing, real))
    existing = llvm::sys::path::parent_path(existing);
  if (existing.empty()) return path.str().str();
  llvm::sys::path::append(real, path.str().drop_front(existing.size()).trim('/'));
  llvm::sys::path::remove_dots(real, /*remove_dot_dot=*/true);
  return real.str().str();
}

std::string CanonicalPaths::operator()(llvm::StringRef name, llvm::StringRef base) {
  llvm::SmallString<256> path(name);
  llvm::sys::path::make_absolute(base, path);
  const llvm::StringRef last = llvm::sys::path::filename(path);
  llvm::sys::fs::file_status status;
  const bool is_plain = last != "." && last != ".." && !path.str().starts_with("//") &&
                        !llvm::sys::fs::status(path, status, /*follow=*/false) &&
                        llvm::sys::fs::is_regular_file(status);
  if (!is_plain) return canonical(name, base);
  const llvm::StringRef folder = llvm::sys::path::parent_path(path);
  const auto [at, is_new] = folders_.try_emplace(folder);
  if (is_new) at->second = canonical(folder, base);
  return joined(at->second, last);
}

bool is_within(llvm::StringRef name, llvm::StringRef folder) {
  if (!name.consume_front(folder)) return false;
  return name.empty() || folder.ends_with("/") || name.starts_with("/");
}

std::string from_root(const std::string& path, const std::string& root) {
  return path.starts_with(root + "/") ? path.substr(root.size() + 1) : path;
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
