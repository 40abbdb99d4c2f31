#pragma once

namespace corolint {

// What the exit status of the program means; the values are part of its interface.
enum ExitStatus : int {
  exit_clean = 0,
  exit_findings = 1,    // wins over exit_incomplete: a script that tolerates 3 must still see findings
  exit_usage = 2,       // the user's error
  exit_incomplete = 3,  // some units could not be analysed
  exit_internal = 70,   // wins over all: what was found, or not, cannot be relied on
  exit_signal = 128,    // and the signal's number: interrupted, and what is told is incomplete
};

}  // namespace corolint
