// A pool of forked processes. Each worker reads item numbers from one pipe and writes answers, each after its
// length, to another. Clang can crash on code that nobody foresaw; in a process of its own that costs one
// unit.

#include "engine/workers.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <optional>

namespace corolint {

namespace {

struct Worker {
  pid_t process = -1;
  int questions = -1;  // we write item numbers here
  int answers = -1;    // we read answers here
  std::optional<std::size_t> item;
};

bool write_all(int file, const void* data, std::size_t size) {
  const char* at = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t written = write(file, at, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += written;
    size -= static_cast<std::size_t>(written);
  }
  return true;
}

bool read_all(int file, void* data, std::size_t size) {
  char* at = static_cast<char*>(data);
  while (size > 0) {
    const ssize_t got = read(file, at, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

[[noreturn]] void serve(int questions, int answers, const std::function<std::string(std::size_t)>& work) {
  std::uint64_t item = 0;
  while (read_all(questions, &item, sizeof item)) {
    const std::string text = work(item);
    const std::uint64_t size = text.size();
    if (!write_all(answers, &size, sizeof size) || !write_all(answers, text.data(), text.size())) break;
  }
  _exit(0);  // no destructors: they belong to the parent
}

class Pool {
 public:
  Pool(std::size_t count, unsigned jobs, const std::function<std::string(std::size_t)>& work,
       const WorkWatch& watch)
      : work_(work), watch_(watch), count_(count), workers_(std::min<std::size_t>(jobs, count)) {}

  void run() {
    for (Worker& worker : workers_) give_next(worker);
    while (std::any_of(workers_.begin(), workers_.end(), [](const Worker& worker) { return worker.item; }))
      for (Worker* worker : ready_workers()) {
        const std::size_t item = *worker->item;
        Answer answer = answer_of(*worker);
        give_next(*worker);  // before its answer is looked at: nobody is to wait for that
        watch_.done(item, std::move(answer));
      }
    for (Worker& worker : workers_) end(worker);
  }

 private:
  void start(Worker& worker) {
    int questions[2], answers[2];
    if (pipe(questions) != 0) return;
    if (pipe(answers) != 0) {
      close(questions[0]);
      close(questions[1]);
      return;
    }
    worker.process = fork();
    if (worker.process == 0) {
      for (const Worker& other : workers_)
        for (const int file : {other.questions, other.answers})
          if (file >= 0) close(file);  // else a dead sibling's pipe would stay open in us
      close(questions[1]);
      close(answers[0]);
      serve(questions[0], answers[1], work_);
    }
    close(questions[0]);
    close(answers[1]);
    worker.questions = questions[1];
    worker.answers = answers[0];
  }

  void give_next(Worker& worker) {
    worker.item.reset();
    while (next_ < count_ && !worker.item) {
      if (worker.process < 0) start(worker);
      const std::uint64_t item = next_++;
      watch_.begun(item);
      if (worker.process > 0 && write_all(worker.questions, &item, sizeof item)) {
        worker.item = item;
      } else {
        watch_.done(item, {"", std::string("could not be given to a worker: ") + std::strerror(errno)});
        end(worker);
      }
    }
  }

  std::vector<Worker*> ready_workers() {
    std::vector<pollfd> files;
    std::vector<Worker*> asked, ready;
    for (Worker& worker : workers_)
      if (worker.item) {
        files.push_back({worker.answers, POLLIN, 0});
        asked.push_back(&worker);
      }
    if (poll(files.data(), files.size(), -1) < 0) return {};
    for (std::size_t i = 0; i < files.size(); ++i)
      if (files[i].revents != 0) ready.push_back(asked[i]);
    return ready;
  }

  Answer answer_of(Worker& worker) {
    Answer answer;
    std::uint64_t size = 0;
    bool is_whole = read_all(worker.answers, &size, sizeof size);
    if (is_whole) {
      answer.text.resize(size);
      is_whole = read_all(worker.answers, answer.text.data(), size);
    }
    if (!is_whole) answer = {"", end(worker)};
    return answer;
  }

  // Ends the worker, if it runs, and returns how it ended.
  std::string end(Worker& worker) {
    if (worker.process <= 0) return "could not be started";
    close(worker.questions);
    close(worker.answers);
    int status = 0;
    while (waitpid(worker.process, &status, 0) < 0 && errno == EINTR) {
    }
    worker = Worker{};
    if (WIFSIGNALED(status)) return std::string("crashed: ") + strsignal(WTERMSIG(status));
    return "ended with status " + std::to_string(WEXITSTATUS(status));
  }

  const std::function<std::string(std::size_t)>& work_;
  const WorkWatch& watch_;
  std::size_t count_;
  std::vector<Worker> workers_;
  std::size_t next_ = 0;
};

}  // namespace

void in_workers(std::size_t count, unsigned jobs, const std::function<std::string(std::size_t)>& work,
                const WorkWatch& watch) {
  const auto previous = std::signal(SIGPIPE, SIG_IGN);  // a worker that died is seen by the failed write
  Pool(count, std::max(jobs, 1u), work, watch).run();
  std::signal(SIGPIPE, previous);
}

}  // namespace corolint
