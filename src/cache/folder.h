#pragma once

// The folder that keeps results between runs. Several runs may use it at once and any may be killed: a file
// appears whole or not at all, says what it should hold, and is only ever replaced. Nothing in it is needed:
// what is missing, damaged or cannot be written costs time.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace corolint {

class CacheFolder {
 public:
  // How much of one kind there is.
  struct Share {
    std::string kind;
    std::size_t files = 0;
    std::uint64_t bytes = 0;
  };

  CacheFolder() = default;  // keeps nothing
  // `limit`: how many bytes it may hold.
  CacheFolder(std::string path, std::uint64_t limit) : path_(std::move(path)), limit_(limit) {}

  const std::string& path() const { return path_; }

  // Returns the path of the file `name`, which may hold a folder, of a kind: a subfolder.
  std::string path_of(llvm::StringRef kind, llvm::StringRef name) const;

  // Returns what was stored under the name, or nothing if there is none or it is damaged. It counts as used.
  std::optional<std::string> find(llvm::StringRef kind, llvm::StringRef name) const;

  // Returns the names in the folder `name` of the kind, the one used last first.
  std::vector<std::string> names(llvm::StringRef kind, llvm::StringRef name) const;

  // Counts the file as used.
  void touch(llvm::StringRef kind, llvm::StringRef name) const;

  // Stores the bytes. If that fails, `problem` tells why, and nothing is stored any more.
  void store(llvm::StringRef kind, llvm::StringRef name, llvm::StringRef bytes);

  // For who writes a file of a kind himself: returns its path in a folder that is there, empty if nothing is
  // kept; and counts what was written.
  std::string path_to_write(llvm::StringRef kind, llvm::StringRef name);
  void count(std::uint64_t bytes) { stored_ += bytes; }

  // Why nothing could be stored; empty if all was well.
  const std::string& problem() const { return problem_; }

  // Removes what was used longest ago until the folder is well within its limit again, if it may have grown
  // beyond it, and what killed runs have left.
  void evict();

  // Returns how much it holds, by kind.
  std::vector<Share> shares() const;

  // Removes all that it holds; an error if the folder is none of corolint's.
  llvm::Error clean();

 private:
  bool is_marked() const;
  bool mark();
  void fail(const std::string& why);

  std::string path_;
  std::uint64_t limit_ = 0;
  std::uint64_t stored_ = 0;
  std::string problem_;
};

}  // namespace corolint
