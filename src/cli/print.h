#pragma once

// The only ways to stdout and stderr. What is told comes from the analysed tree too, its file names, flags and
// configuration: none of it may reach a terminal, or a workflow runner that reads the log, as a command.

#include <string>

#include "llvm/Support/Error.h"

namespace corolint {

// Writes `text`, made printable, to stdout and returns the exit status for success; a failed write is an
// error, and must not end the program with the status of findings.
llvm::Expected<int> print(const std::string& text);

// The same for bytes that a program reads: they are made printable for a terminal only.
llvm::Expected<int> print_bytes(const std::string& bytes);

// Writes `text`, made printable, to stderr.
void tell(const std::string& text);

// Writes `text` as a note of one line to stderr.
void tell_note(const std::string& text);

}  // namespace corolint
