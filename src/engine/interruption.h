#pragma once

// Ctrl-C and SIGTERM while units are analysed: what is finished is told, marked as incomplete. Only the
// analysis is ended this way, since it takes long and what it has found is worth having; at any other time, and
// the second time, the signals end the program as they always do.

#include <csignal>

namespace corolint {

class Interruption {
 public:
  Interruption() = default;
  ~Interruption() { disarm(); }
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  // From now on the signals are held back, to be asked for; a signal that whoever started the program wants to
  // be ignored stays so.
  void arm();
  // Lets the signals do again what they did before.
  void disarm();

  // Returns the signal that has come since `arm` was first called, or 0.
  int signal();

  // Returns a file that gets readable when a signal comes; -1 if none can be told.
  int file() const { return file_; }

 private:
  int file_ = -1;
  int signal_ = 0;
  sigset_t before_{};
};

}  // namespace corolint
