#pragma once

// Files as an editor holds them and has not saved them: their texts stand for what is on disk.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "llvm/Support/VirtualFileSystem.h"

namespace corolint {

class UnsavedFiles {
 public:
  UnsavedFiles() = default;
  // `texts`: by absolute path, symlinks resolved; a file need not be on disk.
  explicit UnsavedFiles(const std::map<std::string, std::string>& texts);

  // Returns the text that stands for the file that lies at `path` with this identity, or at `path` with
  // nothing on disk; null if it stands for itself. A path may lead to the file through symlinks and dots.
  const std::string* find(llvm::StringRef path, std::optional<llvm::sys::fs::UniqueID> on_disk) const;

  // Does one of them lie in the folder, or below it?
  bool is_folder(llvm::StringRef path) const;

 private:
  struct File {
    std::string path, text;
    std::optional<llvm::sys::fs::UniqueID> on_disk;
  };
  std::vector<File> files_;
};

// Returns `files` with the unsaved texts in place of what they stand for.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> with_unsaved(
    llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files, const std::map<std::string, std::string>& texts);

}  // namespace corolint
