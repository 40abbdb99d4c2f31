#include "cli/process.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>

#include "llvm/Support/raw_ostream.h"

namespace corolint {

void prepare_process() {
  // Closed streams stay unusable, so that writing to stdout fails as it should.
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    while (fcntl(stream, F_GETFD) < 0)
      if (open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0) break;
  std::signal(SIGXFSZ, SIG_IGN);
}

void forgive_stderr() {
  llvm::errs().clear_error();
}

void end_by(int signal) {
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

}  // namespace corolint
