// A pool of forked processes. Clang can crash on code that nobody foresaw; in a process of its own that costs
// one unit.

#include "engine/workers.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <deque>
#include <map>
#include <set>
#include <thread>

#include "engine/heap.h"
#include "engine/worker.h"

namespace corolint {

namespace {

using namespace std::chrono_literals;

constexpr unsigned most_refusals = 50;  // of the system to fork, in a row, while no worker is left
constexpr auto time_after_refusal = 100ms;
constexpr std::size_t few_for_a_worker = 4;  // items

class Pool {
 public:
  Pool(std::size_t count, const WorkerLimits& limits, const std::function<std::string(std::size_t)>& work,
       const WorkWatch& watch)
      : limits_(limits),
        work_(work),
        watch_(watch),
        workers_(std::min<std::size_t>(std::max(limits.jobs, 1u), count)),
        is_short_(count <= few_for_a_worker * workers_.size()) {
    for (std::size_t item = 0; item < count; ++item)
      if (const auto other = watch.waits_for(item))
        waiting_[*other].push_back(item);
      else
        ready_.insert(item);
  }

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
    open.insert(open.end(), ready_.begin(), ready_.end());
    for (const auto& [other, items] : waiting_) open.insert(open.end(), items.begin(), items.end());
    for (const std::size_t item : open) watch_.done(item, none);
  }

  bool is_anyone_busy() const {
    return std::any_of(workers_.begin(), workers_.end(), [](const Worker& worker) { return worker.item(); });
  }
  bool has_items() const { return !second_tries_.empty() || !ready_.empty(); }
  std::size_t next() const { return second_tries_.empty() ? *ready_.begin() : second_tries_.front(); }
  std::size_t take_next() {
    const std::size_t item = next();
    if (second_tries_.empty())
      ready_.erase(item);
    else
      second_tries_.pop_front();
    return item;
  }

  // Gives the worker an item, if there is one; starts it if need be. A second try wants a fresh worker.
  void give_next(Worker& worker) {
    if (!has_items()) return;
    const bool is_second = !second_tries_.empty();
    if (worker.is_running() && is_second && !worker.is_fresh()) worker.end();
    if (!worker.is_running() && !start(worker)) return;
    if (!worker.give(next())) {
      worker.end();  // it died while idle: the item is still there for the next
      return;
    }
    const std::size_t item = take_next();
    if (!is_second) watch_.begun(item);
  }

  bool start(Worker& worker) {
    // A sibling's pipes, held open in the fork, would keep the sibling from hearing that we closed them.
    const auto in_fork = [this] {
      if (limits_.interruption) limits_.interruption->disarm();
      for (Worker& one : workers_) one.forget();
      if (is_short_) map_code();
    };
    if (!worker.start(limits_, work_, in_fork)) return false;
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
    while (has_items()) {
      const std::size_t item = take_next();
      release_those_after(item);
      watch_.done(item, none);
    }
  }

  void release_those_after(std::size_t item) {
    if (const auto waiting = waiting_.extract(item))
      ready_.insert(waiting.mapped().begin(), waiting.mapped().end());
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
    if (limits_.interruption)
      files.push_back({limits_.interruption->file(), POLLIN, 0});              // -1 is not looked at
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
    release_those_after(item);
    give_next(worker);  // before the answer is looked at: no worker is to wait for that
    if (!worker.item() && waiting_.empty()) end(worker);
    watch_.done(item, std::move(verdict->answer));
  }

  // While a worker lives, each page that is written to is copied for its sake.
  void end(Worker& worker) {
    worker.end();
    const bool was_last =
        std::none_of(workers_.begin(), workers_.end(), [](const Worker& one) { return one.is_running(); });
    if (was_last) own_pages();
  }

  const WorkerLimits& limits_;
  const std::function<std::string(std::size_t)>& work_;
  const WorkWatch& watch_;
  std::vector<Worker> workers_;
  const bool is_short_;          // then a worker would wait for its code for a good part of its time
  std::set<std::size_t> ready_;  // to be begun
  std::map<std::size_t, std::vector<std::size_t>> waiting_;  // by the item that they wait for
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
