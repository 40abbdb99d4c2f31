#include "cache/folder.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "cache/digest.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace corolint {

namespace {

namespace fs = llvm::sys::fs;

constexpr std::array kinds = {"units", "runs", "results", "stats", "times", "prefixes", "shared", "scans"};
constexpr llvm::StringRef heading = "corolint cache 1 ";
constexpr llvm::StringRef tag_name = "CACHEDIR.TAG";  // see https://bford.info/cachedir
constexpr llvm::StringRef tag =
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# This folder keeps results of corolint between runs. It may be removed at any time.\n";
constexpr llvm::StringRef account = "size";  // how much there was when it was last counted, and since
constexpr llvm::StringRef unfinished = "unfinished-";
constexpr auto longest_write = std::chrono::hours(1);

std::string joined(llvm::StringRef folder, llvm::StringRef name) {
  llvm::SmallString<256> path(folder);
  llvm::sys::path::append(path, name);
  return path.str().str();
}

// Read, not mapped: to map and unmap costs more than these files are long.
std::optional<std::string> read(const std::string& path) {
  const auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false,
                                                /*IsVolatile=*/true);
  if (!file) return std::nullopt;
  return (*file)->getBuffer().str();
}

// Writes to a file of another name in the same folder and renames it.
std::error_code write_whole(const std::string& path, llvm::StringRef first, llvm::StringRef second) {
  const llvm::StringRef folder = llvm::sys::path::parent_path(path);
  if (const std::error_code error = fs::create_directories(folder)) return error;
  int file = -1;
  llvm::SmallString<256> name;
  if (const std::error_code error =
          fs::createUniqueFile(joined(folder, unfinished.str() + "%%%%%%%%"), file, name))
    return error;
  llvm::raw_fd_ostream stream(file, /*shouldClose=*/true);
  stream << first << second;
  stream.close();
  std::error_code error = stream.error();
  stream.clear_error();  // else the stream's destructor ends the program
  if (!error) error = fs::rename(name, path);
  if (error) fs::remove(name);
  return error;
}

struct File {
  std::string path;
  std::uint64_t size = 0;
  std::chrono::system_clock::time_point used;

  bool is_unfinished() const { return llvm::sys::path::filename(path).starts_with(unfinished); }
};

std::vector<File> files_below(const std::string& folder) {
  std::vector<File> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; it != end && !error; it.increment(error)) {
    fs::file_status status;
    if (fs::status(it->path(), status) || !fs::is_regular_file(status)) continue;
    files.push_back({it->path(), status.getSize(), status.getLastModificationTime()});
  }
  return files;
}

}  // namespace

std::string CacheFolder::path_of(llvm::StringRef kind, llvm::StringRef name) const {
  return joined(joined(path_, kind), name);
}

std::optional<std::string> CacheFolder::find(llvm::StringRef kind, llvm::StringRef name) const {
  if (path_.empty()) return std::nullopt;
  const std::string path = path_of(kind, name);
  auto bytes = read(path);
  if (!bytes) return std::nullopt;
  llvm::StringRef rest = *bytes;
  if (!rest.consume_front(heading)) return std::nullopt;
  const auto [digest, content] = rest.split('\n');
  if (digest_of_bytes(content) != digest) return std::nullopt;
  touch(kind, name);
  return content.str();
}

// Where that is not allowed, nothing can be removed either.
void CacheFolder::touch(llvm::StringRef kind, llvm::StringRef name) const {
  utimensat(AT_FDCWD, path_of(kind, name).c_str(), nullptr, 0);
}

std::vector<std::string> CacheFolder::names(llvm::StringRef kind, llvm::StringRef name) const {
  std::vector<std::string> names;
  if (path_.empty()) return names;
  std::vector<File> files = files_below(path_of(kind, name));
  std::erase_if(files, [](const File& file) { return file.is_unfinished(); });
  std::sort(files.begin(), files.end(), [](const File& a, const File& b) {
    return a.used != b.used ? a.used > b.used : a.path < b.path;
  });
  for (const File& file : files) names.push_back(llvm::sys::path::filename(file.path).str());
  return names;
}

bool CacheFolder::is_marked() const {
  return fs::exists(joined(path_, tag_name));
}

// A folder that holds other things is not taken over.
bool CacheFolder::mark() {
  if (stored_ > 0 || is_marked()) return true;
  std::error_code error;
  for (fs::directory_iterator it(path_, error), end; it != end && !error; it.increment(error)) {
    const llvm::StringRef name = llvm::sys::path::filename(it->path());
    if (name == account || name == tag_name || name.starts_with(unfinished) ||
        llvm::is_contained(kinds, name))
      continue;  // another run has just begun with it
    fail("it holds other files; name a folder of its own");
    return false;
  }
  if (const std::error_code failed = write_whole(joined(path_, tag_name), tag, "")) fail(failed.message());
  return problem_.empty();
}

void CacheFolder::fail(const std::string& why) {
  problem_ = "the cache " + path_ + " cannot be written: " + why;
}

void CacheFolder::store(llvm::StringRef kind, llvm::StringRef name, llvm::StringRef bytes) {
  if (path_.empty() || !problem_.empty() || !mark()) return;
  const std::string head = heading.str() + digest_of_bytes(bytes) + "\n";
  if (const std::error_code error = write_whole(path_of(kind, name), head, bytes))
    return fail(error.message());
  stored_ += head.size() + bytes.size();
}

std::string CacheFolder::path_to_write(llvm::StringRef kind, llvm::StringRef name) {
  if (path_.empty() || !problem_.empty() || !mark()) return {};
  std::string path = path_of(kind, name);
  if (const std::error_code error = fs::create_directories(llvm::sys::path::parent_path(path))) {
    fail(error.message());
    return {};
  }
  return path;
}

void CacheFolder::evict() {
  if (stored_ == 0 || !problem_.empty()) return;
  // Counting takes a look at every file: only done when the sum of what runs have stored says so.
  std::uint64_t sum = 0;
  const auto counted = read(joined(path_, account));
  const bool is_known = counted && !llvm::StringRef(*counted).trim().getAsInteger(10, sum);
  sum += stored_;
  if (!is_known || sum > limit_) {
    std::vector<File> files;
    for (const char* kind : kinds)
      for (File& file : files_below(joined(path_, kind))) files.push_back(std::move(file));
    std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.used < b.used; });
    sum = 0;
    for (const File& file : files) sum += file.size;
    const auto old = std::chrono::system_clock::now() - longest_write;
    const bool is_over = sum > limit_;
    for (const File& file : files) {
      const bool goes = file.is_unfinished() ? file.used < old : is_over && sum > limit_ / 10 * 8;
      if (!goes || fs::remove(file.path)) continue;
      sum -= file.size;
      fs::remove(llvm::sys::path::parent_path(file.path));  // does nothing to a folder with files
    }
  }
  write_whole(joined(path_, account), std::to_string(sum) + "\n", "");
  stored_ = 0;
}

std::vector<CacheFolder::Share> CacheFolder::shares() const {
  std::vector<Share> shares;
  for (const char* kind : kinds) {
    Share share{kind};
    for (const File& file : files_below(joined(path_, kind))) {
      ++share.files;
      share.bytes += file.size;
    }
    shares.push_back(std::move(share));
  }
  return shares;
}

llvm::Error CacheFolder::clean() {
  if (!fs::exists(path_)) return llvm::Error::success();
  if (!is_marked())
    return llvm::createStringError("%s is no cache of corolint: it holds no %s, and nothing was removed",
                                   path_.c_str(), tag_name.str().c_str());
  for (const char* kind : kinds) {
    const std::string folder = joined(path_, kind);
    if (const std::error_code error = fs::remove_directories(folder, /*IgnoreErrors=*/false);
        error && error != std::errc::no_such_file_or_directory)
      return llvm::createStringError("%s cannot be removed: %s", folder.c_str(), error.message().c_str());
  }
  fs::remove(joined(path_, account));
  return llvm::Error::success();
}

}  // namespace corolint
