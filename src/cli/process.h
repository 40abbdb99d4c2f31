#pragma once

namespace corolint {

// Makes the process safe to work in, whatever it was started with: no file that is opened takes the place of
// a standard stream that is closed, and a file that may not grow is an error, not a signal.
void prepare_process();

// Forgets that stderr could not be written: else LLVM would end the program with a status of its own.
void forgive_stderr();

// Ends the program as the signal does, so that whoever started it sees that: a shell ends its loop. Returns if
// the signal does not end it.
void end_by(int signal);

}  // namespace corolint
