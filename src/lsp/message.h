#pragma once

// How messages of the Language Server Protocol travel: each after its length in a header, as in
// https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#baseProtocol

#include <chrono>
#include <optional>
#include <string>

#include "llvm/Support/Error.h"

namespace corolint {

class MessageReader {
 public:
  explicit MessageReader(int file) : file_(file) {}

  // Waits, no longer than `time`, for something to read; true if there is.
  bool has_input(std::chrono::milliseconds time) const;

  // Returns the content of the next message, or nothing where the input ends. An error says what is wrong with
  // the header; the next call goes on behind it.
  llvm::Expected<std::optional<std::string>> next();

 private:
  bool read_more();

  int file_;
  std::string bytes_;  // read and not yet taken
};

// Writes the content as a message; false if nobody reads any more.
bool write_message(int file, const std::string& content);

}  // namespace corolint
