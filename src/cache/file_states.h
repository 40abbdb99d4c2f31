#pragma once

// How files are now: each is looked at once in a run, however many units ask. A file whose stamp is that of
// an earlier run is not read again.

#include <string>

#include "cache/file_log.h"
#include "cache/unsaved_files.h"
#include "llvm/ADT/StringMap.h"

namespace corolint {

class FileStates {
 public:
  // `table` is what `table` returned in an earlier run of this very program; it only saves time. What is no
  // such thing is not used.
  explicit FileStates(llvm::StringRef table = "");

  // From now on the texts stand for files on disk. The stamp of such a file is nobody's: what is made of an
  // unsaved text is not to be taken for what is on disk.
  void set_unsaved(const std::map<std::string, std::string>& texts) { unsaved_ = UnsavedFiles(texts); }

  // Returns whether there is nothing, a folder or a file under the absolute path.
  FileLog::Seen seen(llvm::StringRef path);

  // Returns the file's stamp; zeros if there is none.
  Stamp stamp(llvm::StringRef path);

  // Returns a digest of the file's content, or of the names in the folder; empty if it cannot be read.
  const std::string& digest(llvm::StringRef path);

  // Returns what is known of files, to be given to a later run.
  std::string table() const;
  // Has anything been learned that the table of the earlier run did not hold?
  bool has_news() const { return has_news_; }

 private:
  struct Known {
    Stamp stamp;
    std::int64_t touched = 0;  // when the inode last changed: tools set back the time of the content
    std::string digest;
    bool is_used = false;
  };
  struct State {
    FileLog::Seen seen = FileLog::Seen::absent;
    Known now;
    bool has_digest = false;
    const std::string* unsaved = nullptr;
  };

  State& state_of(llvm::StringRef path);
  std::string read_digest(llvm::StringRef path, const State& state);

  UnsavedFiles unsaved_;
  llvm::StringMap<Known> table_;
  llvm::StringMap<State> states_;
  bool has_news_ = false;
};

}  // namespace corolint
