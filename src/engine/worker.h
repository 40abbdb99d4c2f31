#pragma once

// The pool's side of one worker: starting it, giving it an item, hearing its answer, ending it.

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "engine/workers.h"

namespace corolint {

class Worker {
 public:
  using Clock = std::chrono::steady_clock;

  // What became of an item.
  struct Verdict {
    Answer answer;
    bool is_final = true;  // false: the worker, not the item, may be to blame, and a fresh one may manage
  };

  Worker() = default;
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() { end(); }

  // Forks a process that answers with `work`, after a call of `in_fork`; false if the system refuses, errno
  // says why.
  bool start(const WorkerLimits& limits, const std::function<std::string(std::size_t)>& work,
             const std::function<void()>& in_fork);
  bool is_running() const { return process_ > 0; }
  bool is_fresh() const { return answered_ == 0; }

  // Gives the item to the running worker; false if that is gone.
  bool give(std::size_t item);
  std::optional<std::size_t> item() const { return item_; }

  // The file that gets readable when there is something to hear.
  int answers() const { return answers_; }

  // Reads what has come and returns the verdict once it is whole. A worker that failed is no more then.
  std::optional<Verdict> hear();

  // When `overrun` is to be called while no answer comes; nothing if the item may take for ever.
  std::optional<Clock::time_point> deadline() const { return deadline_; }

  // Ends a worker whose time is over: first so that it can leave its stack, the next time at once.
  void overrun();

  // Closes what the parent holds of the worker: for a fork of the parent, which has no business with it.
  void forget();

  // Ends the worker, if it runs; what it was at is lost.
  void end();

 private:
  Verdict fail();
  int ended_status();
  std::string log_text() const;

  WorkerLimits limits_;
  pid_t process_ = -1;
  int questions_ = -1, answers_ = -1, log_ = -1;
  std::optional<std::size_t> item_;
  std::optional<Clock::time_point> deadline_;
  std::string heard_;
  std::size_t answered_ = 0;
  unsigned overruns_ = 0;
};

}  // namespace corolint
