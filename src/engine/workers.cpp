// A pool of forked processes. Clang can crash on code that nobody foresaw; in a process of its own that costs
// one unit.

#include "engine/workers.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <deque>
#include <set>
#include <thread>

#include "engine/worker.h"

namespace corolint {

namespace {

using namespace std::chrono_literals;

constexpr unsigned most_refusals = 50;  // of the system to fork, in a row, while no worker is left
constexpr auto time_after_refusal = 100ms;

class Pool {
 public:
  Pool(std::size_t count, const WorkerLimits& limits, const std::function<std::string(std::size_t)>& work,
       const WorkWatch& watch)
      : limits_(limits),
        work_(work),
        watch_(watch),
        count_(count),
        workers_(std::min<std::size_t>(std::max(limits.jobs, 1u), count)) {}

  void run() {
    if (limits_.interruption) limits_.interruption->arm();
    while (true) {
      if (is_interrupted()) return give_up();
      for (Worker& worker : workers_)
        if (!worker.item()) give_next(worker);
      if (is_anyone_busy())
        hear_workers();
      else if (!has_items())
        break;
      else
        bear_refusal();
    }
    if (limits_.interruption) limits_.interruption->disarm();
  }

 private:
  bool is_interrupted() const { return limits_.interruption && limits_.interruption->signal() != 0; }

  void give_up() {
    const Answer none = {{}, "was interrupted", {}};
    std::vector<std::size_t> open(second_tries_.begin(), second_tries_.end());
    for (Worker& worker : workers_) {
      if (worker.item()) open.push_back(*worker.item());
      worker.end();
    }
    for (; next_ < count_; ++next_) open.push_back(next_);
    for (const std::size_t item : open) watch_.done(item, none);
  }

  bool is_anyone_busy() const {
    return std::any_of(workers_.begin(), workers_.end(), [](const Worker& worker) { return worker.item(); });
  }
  bool has_items() const { return !second_tries_.empty() || next_ < count_; }

  // Gives the worker an item, if there is one; starts it if need be. A second try wants a fresh worker.
  void give_next(Worker& worker) {
    if (!has_items()) return;
    const bool is_second = !second_tries_.empty();
    if (worker.is_running() && is_second && !worker.is_fresh()) worker.end();
    if (!worker.is_running() && !start(worker)) return;
    if (!worker.give(is_second ? second_tries_.front() : next_)) {
      worker.end();  // it died while idle: the item is still there for the next
      return;
    }
    if (is_second)
      second_tries_.pop_front();
    else
      watch_.begun(next_++);
  }

  bool start(Worker& worker) {
    // A sibling's pipes, held open in the fork, would keep the sibling from hearing that we closed them.
    const auto forget_all = [this] {
      if (limits_.interruption) limits_.interruption->disarm();
      for (Worker& one : workers_) one.forget();
    };
    if (!worker.start(limits_, work_, forget_all)) return false;
    refusals_ = 0;
    return true;
  }

  // The system gives no process: more may come free, for some time.
  void bear_refusal() {
    if (++refusals_ <= most_refusals) {
      std::this_thread::sleep_for(time_after_refusal);
      return;
    }
    const Answer none = {{}, std::string("could not be given to a worker: ") + std::strerror(errno), {}};
    for (const std::size_t item : second_tries_) watch_.done(item, none);
    second_tries_.clear();
    for (; next_ < count_; ++next_) watch_.done(next_, none);
  }

  void hear_workers() {
    std::vector<Worker*> busy;
    std::vector<pollfd> files;
    std::optional<Worker::Clock::time_point> first;
    for (Worker& worker : workers_) {
      if (!worker.item()) continue;
      busy.push_back(&worker);
      files.push_back({worker.answers(), POLLIN, 0});
      if (const auto deadline = worker.deadline()) first = first ? std::min(*first, *deadline) : *deadline;
    }
    if (limits_.interruption) files.push_back({limits_.interruption->file(), POLLIN, 0});  // -1 is not looked at
    if (poll(files.data(), files.size(), milliseconds_to(first)) < 0) return;  // a signal: look again
    if (is_interrupted()) return;
    for (std::size_t i = 0; i < busy.size(); ++i)
      if (files[i].revents != 0)
        hear(*busy[i]);
      else if (const auto deadline = busy[i]->deadline(); deadline && *deadline <= Worker::Clock::now())
        busy[i]->overrun();
  }

  static int milliseconds_to(const std::optional<Worker::Clock::time_point>& time) {
    if (!time) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*time - Worker::Clock::now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
  }

  void hear(Worker& worker) {
    const std::size_t item = *worker.item();
    std::optional<Worker::Verdict> verdict = worker.hear();
    if (!verdict) return;
    const bool is_lost = !verdict->answer.failure.empty();
    if (is_lost && (watch_.can_do_without(item) || !verdict->is_final) && tried_twice_.insert(item).second) {
      second_tries_.push_back(item);
      return;
    }
    give_next(worker);  // before the answer is looked at: no worker is to wait for that
    watch_.done(item, std::move(verdict->answer));
  }

  const WorkerLimits& limits_;
  const std::function<std::string(std::size_t)>& work_;
  const WorkWatch& watch_;
  std::size_t count_;
  std::vector<Worker> workers_;
  std::size_t next_ = 0;
  std::deque<std::size_t> second_tries_;
  std::set<std::size_t> tried_twice_;
  unsigned refusals_ = 0;
};

}  // namespace

void in_workers(std::size_t count, const WorkerLimits& limits,
                const std::function<std::string(std::size_t)>& work, const WorkWatch& watch) {
  const auto previous = std::signal(SIGPIPE, SIG_IGN);  // a worker that died is seen by the failed write
  Pool(count, limits, work, watch).run();
  std::signal(SIGPIPE, previous);
}

}  // namespace corolint
