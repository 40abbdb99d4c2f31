#pragma once

#include <string>

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"

namespace corolint {

// Tells the project's files from foreign ones, and how to name them. Asked for every declaration, so it
// remembers its answers by file.
class Files {
 public:
  explicit Files(std::string root) : root_(std::move(root)) {}

  // Is the code at `location` (for a macro: where it is expanded) below the root and not in a system header?
  bool is_project(const clang::SourceManager& sources, clang::SourceLocation location) const;

  // Does the file lie below the root?
  bool is_below_root(clang::FileManager& files, clang::FileEntryRef file) const;

  // Returns the path of `file` relative to the root, or its absolute path if it is not below it.
  std::string shown_path(const clang::SourceManager& sources, clang::FileID file) const;

 private:
  const std::string& real_path(const clang::SourceManager& sources, clang::FileID file) const;
  bool is_below_root(llvm::StringRef path) const;

  std::string root_;
  mutable llvm::DenseMap<clang::FileID, std::string> real_paths_;
  mutable llvm::DenseMap<clang::FileID, bool> is_project_;
};

}  // namespace corolint
