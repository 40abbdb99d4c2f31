#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/run.h"

namespace corolint {

// Returns a line that says how far a run is, no longer than `width`: "12 of 200 units, about 14 s left:
// server.cpp". `seconds_left` below 0: nobody knows.
std::string progress_line(std::size_t done, std::size_t units, double seconds_left, const std::string& file,
                          std::size_t width);

// Shows on stderr how far a run is: on a terminal only, and gone when the run ends.
class Progress {
 public:
  explicit Progress(bool quiet);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Returns what tells it how the run goes on; nothing where nothing is shown.
  RunWatch watch();
  void clear();

 private:
  void show(const std::string& file);
  double seconds_left() const;

  bool is_shown_ = false;
  std::size_t units_ = 0, done_ = 0;
  std::vector<std::int64_t> estimates_;  // microseconds
  double whole_ = 0, finished_ = 0;      // sums of estimates
  std::chrono::steady_clock::time_point begin_;
};

}  // namespace corolint
