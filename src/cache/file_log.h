#pragma once

// What an analysis has learned from the file system. Its result stands as long as all of this would be
// learned again: which files were read, and also which were looked for in vain, since a header that appears
// earlier on the include path changes everything.

#include <cstdint>
#include <map>
#include <string>

#include "llvm/Support/Error.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace corolint {

// Tells versions of a file apart without reading it.
struct Stamp {
  std::uint64_t size = 0;
  std::int64_t changed = 0;  // when its content last changed, in nanoseconds
  std::uint64_t inode = 0;

  friend bool operator==(const Stamp&, const Stamp&) = default;
};

class FileLog {
 public:
  enum class Seen { absent, folder, file, listed, read };
  struct Entry {
    Seen seen = Seen::absent;
    Stamp stamp;  // of a file that was read
  };

  void add(std::string path, Seen seen, const Stamp& stamp = {});
  // From now on leaves out what lies below the folder: the cache's own files.
  void leave_out(std::string folder) { left_out_ = std::move(folder); }
  // Takes in what another log holds.
  void add(const FileLog& other);

  // Returns what was seen, by absolute path.
  const std::map<std::string, Entry>& entries() const { return entries_; }

  // Forgets what the other log says at least as well: who keeps both loses nothing.
  void leave_to(const FileLog& other);

  // Forgets that the file was read. What makes the log torn stays: it may have been any file.
  void forget_read(const std::string& path);

  // Did something change while it was looked at? Then nothing that was made of it is to be kept.
  bool is_torn() const { return is_torn_; }

  // Returns the log as text, and back; an error if it is no such text.
  std::string text() const;
  static llvm::Expected<FileLog> from_text(llvm::StringRef text);

 private:
  std::map<std::string, Entry> entries_;
  std::string left_out_;
  bool is_torn_ = false;
};

// Returns `files` as seen by somebody who writes into `log` what is learned from it; `log` must live as long.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> recording(
    llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files, FileLog& log);

}  // namespace corolint
