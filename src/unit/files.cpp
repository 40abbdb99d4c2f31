#include "unit/files.h"

#include "clang/Basic/FileManager.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace corolint {

namespace {

std::string resolved(clang::FileManager& files, clang::FileEntryRef file) {
  llvm::SmallString<256> absolute(file.getFileEntry().tryGetRealPathName());
  if (absolute.empty()) absolute = file.getName();
  files.makeAbsolutePath(absolute);
  llvm::SmallString<256> real;
  if (llvm::sys::fs::real_path(absolute, real)) real = absolute;  // a file that exists in memory only
  return real.str().str();
}

}  // namespace

bool Files::is_project(const clang::SourceManager& sources, clang::SourceLocation location) const {
  if (location.isInvalid()) return false;
  const clang::SourceLocation expansion = sources.getExpansionLoc(location);
  const clang::FileID file = sources.getFileID(expansion);
  if (const auto known = is_project_.find(file); known != is_project_.end()) return known->second;
  const bool answer = !sources.isInSystemHeader(expansion) && is_below_root(real_path(sources, file));
  return is_project_[file] = answer;
}

std::string Files::shown_path(const clang::SourceManager& sources, clang::FileID file) const {
  const std::string& path = real_path(sources, file);
  return is_below_root(path) ? path.substr(root_.size() + (root_.back() == '/' ? 0 : 1)) : path;
}

const std::string& Files::real_path(const clang::SourceManager& sources, clang::FileID file) const {
  std::string& path = real_paths_[file];
  if (!path.empty()) return path;
  const auto entry = sources.getFileEntryRefForID(file);
  if (!entry) return path = "<built-in>";
  return path = resolved(sources.getFileManager(), *entry);
}

bool Files::is_below_root(clang::FileManager& files, clang::FileEntryRef file) const {
  return is_below_root(resolved(files, file));
}

bool Files::is_below_root(llvm::StringRef path) const {
  return path.consume_front(root_) && (root_ == "/" || path.starts_with("/"));
}

}  // namespace corolint
