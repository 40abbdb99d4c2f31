// By asking, not by inotify: that misses network file systems and containers' mounts, and needs a watch for
// each folder. A thousand files are asked for in about a millisecond.

#include "cli/watch.h"

#include <sys/stat.h>

#include <algorithm>
#include <thread>

namespace corolint {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto shortest_pause = 200ms;
constexpr int pause_for_look = 20;  // so many times what a look takes: a large tree costs 5 % of a processor
constexpr auto rest = 50ms;
constexpr auto tick = 20ms;  // by which a file's time may lag behind the clock

}  // namespace

FileWatch::State FileWatch::state_of(const std::string& file) {
  struct stat status{};
  if (stat(file.c_str(), &status) != 0) return {};
  return {true, status.st_mtim.tv_sec * std::int64_t{1'000'000'000} + status.st_mtim.tv_nsec, status.st_size,
          status.st_ino};
}

bool FileWatch::look() {
  bool is_same = true;
  for (auto& [file, state] : files_) {
    const State now = state_of(file);
    is_same = is_same && now == state;
    state = now;
  }
  return !is_same;
}

void FileWatch::begin() {
  look();
  begin_ = std::chrono::system_clock::now();
}

void FileWatch::end(const std::set<std::string>& files) {
  const std::int64_t since =
      std::chrono::duration_cast<std::chrono::nanoseconds>((begin_ - tick).time_since_epoch()).count();
  const std::map<std::string, State> before = files_;
  if (!files.empty()) files_.clear();
  for (const std::string& file : files) files_[file];
  look();
  // What was written says so by its time; what is gone was there when the run began.
  has_changed_ = std::ranges::any_of(files_, [&](const auto& file) {
    const auto& [path, state] = file;
    const auto known = before.find(path);
    return state.changed > since || (!state.is_there && known != before.end() && known->second.is_there);
  });
}

void FileWatch::wait() {
  while (!has_changed_) {
    const auto begin = Clock::now();
    has_changed_ = look();
    if (!has_changed_)
      std::this_thread::sleep_for(
          std::max<Clock::duration>(shortest_pause, (Clock::now() - begin) * pause_for_look));
  }
  do std::this_thread::sleep_for(rest);
  while (look());
}

}  // namespace corolint
