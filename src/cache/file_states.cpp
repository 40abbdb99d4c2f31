#include "cache/file_states.h"

#include <sys/stat.h>

#include <chrono>
#include <set>

#include "cache/digest.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "packing/packing.h"

namespace corolint {

auto members(packing::Of<Stamp> auto& stamp) {
  auto& [size, changed, inode] = stamp;
  return std::tie(size, changed, inode);
}

namespace {

// A line of the table.
struct Row {
  std::string path;
  Stamp stamp;
  std::int64_t touched = 0;
  std::string digest;
};

auto members(packing::Of<Row> auto& row) {
  auto& [path, stamp, touched, digest] = row;
  return std::tie(path, stamp, touched, digest);
}

constexpr std::size_t most_known = 200'000;  // of files that no run has asked for lately

std::int64_t nanoseconds(const timespec& time) {
  return time.tv_sec * std::int64_t{1'000'000'000} + time.tv_nsec;
}

// A file that has just changed may change again within one tick of the file system's clock, and keep its
// stamp: two seconds are the coarsest clock in use.
bool may_change_unseen(std::int64_t changed) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count() - changed < 2'000'000'000;
}

std::string digest_of_folder(llvm::StringRef path) {
  std::set<std::string> names;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator it(path, error), end; it != end && !error; it.increment(error))
    names.insert(llvm::sys::path::filename(it->path()).str());
  return error ? "" : digest_of_texts(std::vector<std::string>(names.begin(), names.end()));
}

std::string digest_of_file(llvm::StringRef path) {
  const auto text = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false,
                                                /*IsVolatile=*/true);
  return text ? digest_of_bytes((*text)->getBuffer()) : "";
}

}  // namespace

FileStates::FileStates(llvm::StringRef table) {
  auto rows = packing::unpacked<std::vector<Row>>(table);
  if (!rows) return;
  for (Row& row : *rows) table_[row.path] = {row.stamp, row.touched, std::move(row.digest)};
}

FileStates::State& FileStates::state_of(llvm::StringRef path) {
  const auto [known, is_new] = states_.try_emplace(path);
  State& state = known->second;
  if (!is_new) return state;
  struct stat status{};
  const bool is_there = stat(path.str().c_str(), &status) == 0;
  state.unsaved = unsaved_.find(
      path, is_there ? std::optional(llvm::sys::fs::UniqueID(status.st_dev, status.st_ino)) : std::nullopt);
  if (state.unsaved) state.seen = FileLog::Seen::file;
  if (state.unsaved || !is_there) return state;
  state.seen = S_ISDIR(status.st_mode) ? FileLog::Seen::folder : FileLog::Seen::file;
  state.now.stamp = {static_cast<std::uint64_t>(status.st_size), nanoseconds(status.st_mtim), status.st_ino};
  state.now.touched = nanoseconds(status.st_ctim);
  return state;
}

FileLog::Seen FileStates::seen(llvm::StringRef path) {
  return state_of(path).seen;
}

Stamp FileStates::stamp(llvm::StringRef path) {
  return state_of(path).now.stamp;
}

std::string FileStates::read_digest(llvm::StringRef path, const State& state) {
  if (state.seen == FileLog::Seen::absent) return {};
  if (state.unsaved) return digest_of_bytes(*state.unsaved);
  if (state.seen == FileLog::Seen::folder) return digest_of_folder(path);
  Known& known = table_[path];
  known.is_used = true;
  if (!known.digest.empty() && known.stamp == state.now.stamp && known.touched == state.now.touched)
    return known.digest;
  std::string digest = digest_of_file(path);
  has_news_ = true;
  if (digest.empty() || may_change_unseen(state.now.stamp.changed)) {
    table_.erase(path);
  } else {
    known.stamp = state.now.stamp;
    known.touched = state.now.touched;
    known.digest = digest;
  }
  return digest;
}

const std::string& FileStates::digest(llvm::StringRef path) {
  State& state = state_of(path);
  if (!state.has_digest) state.now.digest = read_digest(path, state);
  state.has_digest = true;
  return state.now.digest;
}

std::string FileStates::table() const {
  std::vector<Row> rows;
  for (const auto& entry : table_) {
    const Known& known = entry.second;
    if (known.digest.empty() || (!known.is_used && table_.size() > most_known)) continue;
    rows.push_back({entry.first().str(), known.stamp, known.touched, known.digest});
  }
  return rows.empty() ? std::string() : packing::packed(rows);
}

}  // namespace corolint
