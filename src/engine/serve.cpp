#include "engine/serve.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <new>
#include <sstream>

#include "engine/heap.h"
#include "engine/pipes.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/PrettyStackTrace.h"
#include "llvm/Support/Signals.h"

namespace corolint {

namespace {

// Trees are as deep as the code is: a sum of 100,000 terms is 100,000 levels. Only what is used is taken from
// the machine.
constexpr std::size_t stack_sizes[] = {std::size_t{1} << 30, std::size_t{128} << 20, std::size_t{16} << 20};

struct Service {
  const Connection& connection;
  const WorkerLimits& limits;
  const std::function<std::string(std::size_t)>& work;
};

// Without its parent nobody wants the answers. The parent may have ended before this call.
void end_with_parent(pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
}

// Where the kernel has to choose a process to end, it shall be the worker.
void volunteer_for_out_of_memory() {
  std::ofstream("/proc/self/oom_score_adj") << 500;
}

void redirect_stderr(int log) {
  if (log < 0) log = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (log >= 0) dup2(log, STDERR_FILENO);
}

// What an earlier owner of the process set up, a test framework say, is not ours.
void trace_crashes() {
  for (const int signal :
       {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGTERM, SIGINT, SIGHUP})
    std::signal(signal, SIG_DFL);
  setenv("LLVM_DISABLE_SYMBOLIZATION", "1", 1);  // else a crash would start a program found in PATH
  llvm::setBugReportMsg("Please report this crash of corolint.\n");
  llvm::EnablePrettyStackTrace();
  llvm::sys::PrintStackTraceOnErrorSignal("corolint", /*DisableCrashReporting=*/true);
}

[[noreturn]] void end_out_of_memory() {
  _exit(out_of_memory_status);
}

// Returns the bytes of data that the process holds now, from /proc/self/status.
std::uint64_t data_now() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    std::istringstream words(line);
    std::string key;
    std::uint64_t kilobytes = 0;
    if (words >> key >> kilobytes && key == "VmData:") return kilobytes << 10;
  }
  return 0;
}

// Clang does not survive a failed allocation, so nobody shall see one: the process ends.
void limit_memory(std::uint64_t bytes) {
  std::set_new_handler(end_out_of_memory);
  llvm::install_bad_alloc_error_handler([](void*, const char*, bool) { end_out_of_memory(); });
  rlimit limit{};
  if (bytes == 0 || getrlimit(RLIMIT_DATA, &limit) != 0) return;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, data_now() - unused_heap() + bytes);
  setrlimit(RLIMIT_DATA, &limit);
}

void forget_log() {
  if (ftruncate(STDERR_FILENO, 0) == 0) lseek(STDERR_FILENO, 0, SEEK_SET);
}

// A worker that has no answer ends with a message and a stack.
std::string answer_to(const Service& service, std::size_t item) try {
  return service.work(item);
} catch (const std::bad_alloc&) {
  end_out_of_memory();
}

void* answer_all(void* argument) {
  const Service& service = *static_cast<Service*>(argument);
  trace_crashes();  // here: the stack for signal handlers belongs to the thread
  limit_memory(service.limits.memory);
  std::uint64_t item = 0;
  while (read_all(service.connection.questions, &item, sizeof item)) {
    forget_log();
    const std::string text = answer_to(service, item);
    const std::uint64_t size = text.size();
    if (!write_all(service.connection.answers, &size, sizeof size) ||
        !write_all(service.connection.answers, text.data(), text.size()))
      break;
  }
  _exit(0);
}

// Signals for the process shall find the thread that works: its stack is the one to tell.
void leave_signals_to_others() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

void serve(const Connection& connection, const WorkerLimits& limits,
           const std::function<std::string(std::size_t)>& work) {
  end_with_parent(connection.parent);
  volunteer_for_out_of_memory();
  redirect_stderr(connection.log);
  use_new_pages();
  Service service{connection, limits, work};
  for (const std::size_t size : stack_sizes) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, size);
    pthread_t thread{};
    if (pthread_create(&thread, &attributes, answer_all, &service) != 0) continue;
    leave_signals_to_others();
    pthread_join(thread, nullptr);  // does not return: the thread ends the process
  }
  answer_all(&service);  // no thread to be had: the stack that there is must do
  _exit(1);
}

}  // namespace corolint
