#include "engine/temporary_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ctime>
#include <utility>

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace corolint {

namespace {

constexpr std::time_t time_to_lock = 60;  // of a run that has just made its folder, in seconds

// Returns the folder, opened; a link is none.
int opened(const std::string& path) {
  return open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

bool is_left_behind(int folder) {
  struct stat status{};
  return fstat(folder, &status) == 0 && status.st_uid == geteuid() &&
         status.st_mtime + time_to_lock < std::time(nullptr) && flock(folder, LOCK_EX | LOCK_NB) == 0;
}

void remove_left_behind(llvm::StringRef parent, const std::string& kind) {
  std::error_code error;
  for (llvm::sys::fs::directory_iterator it(parent, error, /*follow_symlinks=*/false), end;
       it != end && !error; it.increment(error)) {
    if (!llvm::sys::path::filename(it->path()).starts_with(kind + "-")) continue;
    const int folder = opened(it->path());
    if (folder < 0) continue;
    if (is_left_behind(folder)) llvm::sys::fs::remove_directories(it->path());
    close(folder);
  }
}

}  // namespace

std::optional<TemporaryFolder> TemporaryFolder::make(const std::string& kind) {
  llvm::SmallString<128> path;
  if (llvm::sys::fs::createUniqueDirectory(kind, path)) return std::nullopt;
  remove_left_behind(llvm::sys::path::parent_path(path), kind);
  const int lock = opened(path.str().str());
  if (lock >= 0) flock(lock, LOCK_EX | LOCK_NB);
  return TemporaryFolder(path.str().str(), lock);
}

TemporaryFolder::~TemporaryFolder() {
  if (!path_.empty()) llvm::sys::fs::remove_directories(path_);
  if (lock_ >= 0) close(lock_);
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})), lock_(std::exchange(other.lock_, -1)) {}

TemporaryFolder& TemporaryFolder::operator=(TemporaryFolder&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(lock_, other.lock_);
  return *this;
}

}  // namespace corolint
