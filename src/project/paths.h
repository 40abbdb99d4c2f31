#pragma once

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace corolint {

// Returns `path`, which starts in the folder `base` if it is relative, absolute and with symlinks and dots
// resolved as far as it exists.
std::string canonical(llvm::StringRef path, llvm::StringRef base);

// Resolves many paths that lie in few folders: each folder is looked at once.
class CanonicalPaths {
 public:
  // Returns what `canonical` does.
  std::string operator()(llvm::StringRef path, llvm::StringRef base);

 private:
  llvm::StringMap<std::string> folders_;
};

// Is `path` the folder `folder` or something below it? Both canonical.
bool is_within(llvm::StringRef path, llvm::StringRef folder);

// Returns the path as reports and configurations name it: from the folder `root` if it lies below it.
std::string from_root(const std::string& path, const std::string& root);

// Returns the folder of the file `path`; a folder is its own.
std::string folder_of(llvm::StringRef path);

// Returns `folder` and the folders above it, nearest first.
std::vector<std::string> folder_and_above(llvm::StringRef folder);

// Returns the path of `name` in `folder`.
std::string joined(llvm::StringRef folder, llvm::StringRef name);

// Returns the deepest folder that holds all `files`, which are canonical and at least one.
std::string common_folder(const std::vector<std::string>& files);

}  // namespace corolint
