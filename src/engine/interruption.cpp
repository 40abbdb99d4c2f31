#include "engine/interruption.h"

#include <pthread.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <initializer_list>

namespace corolint {

void Interruption::arm() {
  if (file_ >= 0 || signal_ != 0) return;
  sigset_t held;
  sigemptyset(&held);
  for (const int number : {SIGINT, SIGTERM}) {
    struct sigaction now{};
    if (sigaction(number, nullptr, &now) == 0 && now.sa_handler != SIG_IGN) sigaddset(&held, number);
  }
  pthread_sigmask(SIG_BLOCK, &held, &before_);
  file_ = signalfd(-1, &held, SFD_CLOEXEC | SFD_NONBLOCK);
  if (file_ < 0) pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void Interruption::disarm() {
  if (file_ < 0) return;
  close(file_);
  file_ = -1;
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

int Interruption::signal() {
  signalfd_siginfo info{};
  if (file_ >= 0 && read(file_, &info, sizeof info) == sizeof info) {
    signal_ = static_cast<int>(info.ssi_signo);
    disarm();
  }
  return signal_;
}

}  // namespace corolint
