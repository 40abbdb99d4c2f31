#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace corolint {

// Watches the files that a run has read, also those that it looked for and that were not there.
class FileWatch {
 public:
  // To be called before a run.
  void begin();

  // To be called after it with what it has read (absolute paths); with nothing, the files stay the same.
  void end(const std::set<std::string>& files);

  // Waits until one of the files is another than it was at the end of the run, or has changed since the run
  // began, and then until they rest: editors and version control write several at once.
  void wait();

  std::size_t size() const { return files_.size(); }

 private:
  struct State {
    bool is_there = false;
    std::int64_t changed = 0, size = 0;
    std::uint64_t inode = 0;

    friend bool operator==(const State&, const State&) = default;
  };

  static State state_of(const std::string& file);
  // Looks again; returns whether a file is another than before.
  bool look();

  std::map<std::string, State> files_;
  std::chrono::system_clock::time_point begin_;
  bool has_changed_ = false;  // while the run went on
};

}  // namespace corolint
