#include "cache/file_log.h"

#include <array>

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

namespace corolint {

namespace {

constexpr std::array<char, 5> letters = {'A', 'D', 'F', 'L', 'R'};  // by Seen
constexpr llvm::StringRef torn = "!\n";

// Does the one say more of the same state than the other? What was listed is a folder, what was read a file.
bool refines(FileLog::Seen more, FileLog::Seen less) {
  using enum FileLog::Seen;
  return more == less || (more == listed && less == folder) || (more == read && less == file);
}

class Recorder : public llvm::vfs::ProxyFileSystem {
 public:
  Recorder(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files, FileLog& log)
      : ProxyFileSystem(std::move(files)), log_(log) {}

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine& path) override {
    auto status = ProxyFileSystem::status(path);
    add(path, seen_of(status));
    return status;
  }

  bool exists(const llvm::Twine& path) override { return static_cast<bool>(status(path)); }

  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> openFileForRead(const llvm::Twine& path) override {
    auto file = ProxyFileSystem::openFileForRead(path);
    if (!file) {
      status(path);  // a folder cannot be opened as a file, but it is there
      return file;
    }
    const auto status = (*file)->status();
    if (status && status->isRegularFile()) {
      const auto changed = status->getLastModificationTime().time_since_epoch();
      add(path, FileLog::Seen::read, {status->getSize(), changed.count(), status->getUniqueID().getFile()});
    } else {
      add(path, seen_of(status));  // a folder can be opened, too
    }
    return file;
  }

  llvm::vfs::directory_iterator dir_begin(const llvm::Twine& path, std::error_code& error) override {
    auto begin = ProxyFileSystem::dir_begin(path, error);
    add(path, error ? FileLog::Seen::absent : FileLog::Seen::listed);
    return begin;
  }

 private:
  static FileLog::Seen seen_of(const llvm::ErrorOr<llvm::vfs::Status>& status) {
    if (!status) return FileLog::Seen::absent;
    return status->isDirectory() ? FileLog::Seen::folder : FileLog::Seen::file;
  }

  void add(const llvm::Twine& path, FileLog::Seen seen, const Stamp& stamp = {}) {
    llvm::SmallString<256> absolute;
    path.toVector(absolute);
    if (makeAbsolute(absolute)) return;
    llvm::sys::path::remove_dots(absolute);  // not "..": that would be wrong behind a symlink
    log_.add(absolute.str().str(), seen, stamp);
  }

  FileLog& log_;
};

}  // namespace

void FileLog::add(std::string path, Seen seen, const Stamp& stamp) {
  if (!left_out_.empty() && llvm::StringRef(path).starts_with(left_out_ + "/")) return;
  const auto [known, is_new] = entries_.try_emplace(std::move(path), Entry{seen, stamp});
  if (is_new) return;
  Entry& entry = known->second;
  const bool is_same_content = entry.seen != Seen::read || seen != Seen::read || entry.stamp == stamp;
  if (!is_same_content || !(refines(seen, entry.seen) || refines(entry.seen, seen))) is_torn_ = true;
  if (refines(seen, entry.seen)) entry = {seen, stamp};
}

void FileLog::add(const FileLog& other) {
  for (const auto& [path, entry] : other.entries_) add(path, entry.seen, entry.stamp);
  is_torn_ |= other.is_torn_;
}

void FileLog::leave_to(const FileLog& other) {
  std::erase_if(entries_, [&](const auto& own) {
    const auto known = other.entries_.find(own.first);
    if (known == other.entries_.end()) return false;
    const bool is_same_content = own.second.seen != Seen::read || own.second.stamp == known->second.stamp;
    return refines(known->second.seen, own.second.seen) && is_same_content;
  });
}

void FileLog::forget_read(const std::string& path) {
  if (const auto at = entries_.find(path); at != entries_.end() && at->second.seen == Seen::read)
    entries_.erase(at);
}

std::string FileLog::text() const {
  std::string text = is_torn_ ? torn.str() : "";
  for (const auto& [path, entry] : entries_) {
    if (path.find('\n') != std::string::npos) return torn.str();
    text += letters[static_cast<std::size_t>(entry.seen)];
    if (entry.seen == Seen::read)
      text += " " + std::to_string(entry.stamp.size) + " " + std::to_string(entry.stamp.changed) + " " +
              std::to_string(entry.stamp.inode);
    text += " " + path + "\n";
  }
  return text;
}

llvm::Expected<FileLog> FileLog::from_text(llvm::StringRef text) {
  FileLog log;
  if (text.consume_front(torn)) log.is_torn_ = true;
  while (!text.empty()) {
    auto [line, rest] = text.split('\n');
    text = rest;
    const auto letter = llvm::find(letters, line.empty() ? '\0' : line.front());
    if (letter == letters.end() || line.size() < 3) return llvm::createStringError("no log of files");
    Entry entry;
    entry.seen = static_cast<Seen>(letter - letters.begin());
    line = line.drop_front(2);
    if (entry.seen == Seen::read) {
      bool is_bad = line.consumeInteger(10, entry.stamp.size) || !line.consume_front(" ");
      is_bad = is_bad || line.consumeInteger(10, entry.stamp.changed) || !line.consume_front(" ");
      is_bad = is_bad || line.consumeInteger(10, entry.stamp.inode) || !line.consume_front(" ");
      if (is_bad) return llvm::createStringError("no log of files");
    }
    log.entries_.emplace(line.str(), entry);
  }
  return log;
}

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> recording(
    llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files, FileLog& log) {
  return llvm::makeIntrusiveRefCnt<Recorder>(std::move(files), log);
}

}  // namespace corolint
