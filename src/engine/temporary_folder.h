#pragma once

// A folder of this run among the system's temporary ones. A run that is killed leaves its folder: the next
// run that makes one removes it. Which runs live is told by a lock on the folder, which ends with its last
// process.

#include <optional>
#include <string>

namespace corolint {

class TemporaryFolder {
 public:
  // Makes a folder whose name begins with `kind`; nothing if that cannot be. Removes those of this user that
  // dead runs have left.
  static std::optional<TemporaryFolder> make(const std::string& kind);

  ~TemporaryFolder();
  TemporaryFolder(TemporaryFolder&& other) noexcept;
  TemporaryFolder& operator=(TemporaryFolder&& other) noexcept;

  const std::string& path() const { return path_; }

 private:
  TemporaryFolder(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}

  std::string path_;
  int lock_ = -1;  // the folder, opened
};

}  // namespace corolint
