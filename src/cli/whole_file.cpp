#include "cli/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>

#include "engine/pipes.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Signals.h"

namespace corolint {

namespace {

constexpr mode_t mode = 0666;  // less what the user's mask takes

std::error_code last_error() {
  return {errno, std::generic_category()};
}

class File {
 public:
  explicit File(int number) : number_(number) {}
  ~File() {
    if (number_ >= 0) ::close(number_);
  }
  File(const File&) = delete;
  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }

  // Some file systems tell only here that the disk is full.
  std::error_code close() {
    return ::close(std::exchange(number_, -1)) == 0 ? std::error_code() : last_error();
  }

 private:
  int number_;
};

// Ctrl-C, SIGTERM and SIGHUP wait while this lives.
class SignalsHeld {
 public:
  SignalsHeld() {
    sigset_t held;
    sigemptyset(&held);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&held, signal);
    pthread_sigmask(SIG_BLOCK, &held, &before_);
  }
  ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsHeld(const SignalsHeld&) = delete;

 private:
  sigset_t before_{};
};

std::error_code write_bytes(const File& file, const std::string& bytes) {
  if (!file.is_open() || !write_all(file.number(), bytes.data(), bytes.size())) return last_error();
  return {};
}

std::error_code write_to_device(const std::string& name, const std::string& bytes) {
  File file(open(name.c_str(), O_WRONLY | O_CLOEXEC));
  if (const std::error_code error = write_bytes(file, bytes)) return error;
  return file.close();
}

// Gives the file that has no name yet the name `target`. Only to replace a file it has another name before,
// for some microseconds in which nothing but SIGKILL ends the process.
std::error_code name_file(const File& file, const std::string& target, const std::string& other) {
  const std::string self = "/proc/self/fd/" + std::to_string(file.number());
  if (linkat(AT_FDCWD, self.c_str(), AT_FDCWD, target.c_str(), AT_SYMLINK_FOLLOW) == 0) return {};
  if (errno != EEXIST) return last_error();
  const SignalsHeld until_renamed;
  unlink(other.c_str());
  if (linkat(AT_FDCWD, self.c_str(), AT_FDCWD, other.c_str(), AT_SYMLINK_FOLLOW) != 0) return last_error();
  if (rename(other.c_str(), target.c_str()) == 0) return {};
  const std::error_code error = last_error();
  unlink(other.c_str());
  return error;
}

// For file systems that know no files without a name.
std::error_code write_beside(const std::string& target, const std::string& other, const std::string& bytes) {
  llvm::sys::RemoveFileOnSignal(other);
  File file(open(other.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
  std::error_code error = write_bytes(file, bytes);
  if (!error) error = file.close();
  if (!error && rename(other.c_str(), target.c_str()) != 0) error = last_error();
  if (error) unlink(other.c_str());
  llvm::sys::DontRemoveFileOnSignal(other);
  return error;
}

std::error_code replace_file(const std::string& target, const std::string& bytes) {
  const llvm::StringRef parent = llvm::sys::path::parent_path(target);
  const std::string folder = parent.empty() ? "." : parent.str();
  llvm::SmallString<256> other(folder);
  llvm::sys::path::append(other, "." + llvm::sys::path::filename(target) + "." + std::to_string(getpid()));
  File file(open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, mode));
  if (!file.is_open())
    return errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL
               ? write_beside(target, other.str().str(), bytes)
               : last_error();
  if (const std::error_code error = write_bytes(file, bytes)) return error;
  const std::error_code error = name_file(file, target, other.str().str());
  // Without /proc the file cannot be named.
  return error == std::errc::no_such_file_or_directory ? write_beside(target, other.str().str(), bytes)
                                                       : error;
}

}  // namespace

llvm::Error write_to_file(const std::string& file, const std::string& bytes) {
  llvm::sys::fs::file_status status;
  const bool exists = !llvm::sys::fs::status(file, status) && llvm::sys::fs::exists(status);
  llvm::SmallString<256> target;                              // what a symlink points to
  if (llvm::sys::fs::real_path(file, target)) target = file;  // it does not exist yet
  const std::error_code error = exists && !llvm::sys::fs::is_regular_file(status)
                                    ? write_to_device(file, bytes)
                                    : replace_file(target.str().str(), bytes);
  if (!error) return llvm::Error::success();
  return llvm::createStringError("cannot write %s: %s", file.c_str(), error.message().c_str());
}

}  // namespace corolint
