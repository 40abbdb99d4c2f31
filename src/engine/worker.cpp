#include "engine/worker.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <thread>

#include "engine/pipes.h"
#include "engine/serve.h"
#include "llvm/Support/FormatVariadic.h"

namespace corolint {

namespace {

using namespace std::chrono_literals;

constexpr auto time_for_last_words = 2s;
constexpr std::size_t longest_log = 64 << 10;

void close_one(int& file) {
  if (file >= 0) close(file);
  file = -1;
}

// A pipe whose ends are closed with it, unless they were taken.
struct Pipe {
  int ends[2] = {-1, -1};
  bool open() { return pipe2(ends, O_CLOEXEC) == 0; }
  int take(int end) { return std::exchange(ends[end], -1); }
  ~Pipe() {
    close_one(ends[0]);
    close_one(ends[1]);
  }
};

// Signals by which others end a process: the kernel when memory runs out, an administrator, a terminal.
bool is_from_outside(int signal) {
  return signal == SIGKILL || signal == SIGTERM || signal == SIGINT || signal == SIGHUP;
}

std::string cause_of(int status) {
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    return (is_from_outside(signal) ? "was ended from outside: " : "crashed: ") +
           std::string(strsignal(signal));
  }
  return "ended with status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

bool Worker::start(const WorkerLimits& limits, const std::function<std::string(std::size_t)>& work,
                   const std::function<void()>& in_fork) {
  Pipe questions, answers;
  if (!questions.open() || !answers.open()) return false;
  const int log = memfd_create("corolint-worker", MFD_CLOEXEC);  // without one the stack is not told
  const pid_t parent = getpid();
  const pid_t process = fork();
  if (process == 0) {
    in_fork();
    close(questions.take(1));
    close(answers.take(0));
    serve({parent, questions.take(0), answers.take(1), log}, limits, work);
  }
  if (process < 0) {
    const int error = errno;
    if (log >= 0) close(log);
    errno = error;
    return false;
  }
  limits_ = limits;
  process_ = process;
  questions_ = questions.take(1);
  answers_ = answers.take(0);
  log_ = log;
  fcntl(answers_, F_SETFL, O_NONBLOCK);
  return true;
}

bool Worker::give(std::size_t item) {
  const std::uint64_t number = item;
  if (!write_all(questions_, &number, sizeof number)) return false;
  item_ = item;
  if (limits_.item_time > 0ms) deadline_ = Clock::now() + limits_.item_time;
  return true;
}

std::optional<Worker::Verdict> Worker::hear() {
  char bytes[1 << 16];
  const ssize_t got = read(answers_, bytes, sizeof bytes);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return std::nullopt;
  if (got <= 0) return fail();
  heard_.append(bytes, static_cast<std::size_t>(got));
  std::uint64_t size = 0;
  if (heard_.size() < sizeof size) return std::nullopt;
  std::memcpy(&size, heard_.data(), sizeof size);
  if (heard_.size() - sizeof size < size) return std::nullopt;
  Verdict verdict{{heard_.substr(sizeof size), {}, {}}};
  heard_.clear();
  item_.reset();
  deadline_.reset();
  ++answered_;
  if (overruns_ > 0) end();  // it was told to end just when it was done
  return verdict;
}

Worker::Verdict Worker::fail() {
  const bool is_late = overruns_ > 0, was_fresh = is_fresh();
  const int status = ended_status();
  Verdict verdict;
  verdict.answer.log = log_text();
  if (is_late) {
    verdict.answer.failure =
        llvm::formatv("took longer than {0} s and was ended (--unit-timeout)",
                      std::chrono::duration_cast<std::chrono::seconds>(limits_.item_time).count());
  } else if (WIFEXITED(status) && WEXITSTATUS(status) == out_of_memory_status) {
    verdict.answer.failure =
        limits_.memory == 0
            ? std::string("ran out of memory")
            : llvm::formatv("needed more than {0} MB of memory (--max-memory)", limits_.memory >> 20).str();
    verdict.is_final = was_fresh;
  } else {
    verdict.answer.failure = cause_of(status);
    verdict.is_final = was_fresh && !(WIFSIGNALED(status) && is_from_outside(WTERMSIG(status)));
  }
  end();
  return verdict;
}

void Worker::overrun() {
  kill(process_, overruns_++ == 0 ? SIGABRT : SIGKILL);
  deadline_ = Clock::now() + time_for_last_words;
}

void Worker::forget() {
  for (int* file : {&questions_, &answers_, &log_}) close_one(*file);
  process_ = -1;
}

void Worker::end() {
  if (process_ > 0) {
    if (item_) kill(process_, SIGKILL);
    close_one(questions_);  // an idle worker ends by this
    ended_status();
  }
  for (int* file : {&questions_, &answers_, &log_}) close_one(*file);
  item_.reset();
  deadline_.reset();
  heard_.clear();
  answered_ = 0;
  overruns_ = 0;
}

// Waits for the process to end, not for ever, and returns its status.
int Worker::ended_status() {
  if (process_ <= 0) return 0;
  int status = 0;
  for (const auto limit = Clock::now() + time_for_last_words;;) {
    const pid_t ended = waitpid(process_, &status, WNOHANG);
    if (ended == process_ || (ended < 0 && errno != EINTR)) break;
    if (Clock::now() > limit) kill(process_, SIGKILL);
    std::this_thread::sleep_for(1ms);
  }
  process_ = -1;
  return status;
}

std::string Worker::log_text() const {
  std::string text(longest_log, '\0');
  const ssize_t got = log_ < 0 ? 0 : pread(log_, text.data(), text.size(), 0);
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  return text;
}

}  // namespace corolint
