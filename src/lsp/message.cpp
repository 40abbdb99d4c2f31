#include "lsp/message.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

#include "engine/pipes.h"
#include "llvm/ADT/StringRef.h"

namespace corolint {

namespace {

constexpr std::size_t longest_header = 1 << 14;
constexpr std::size_t longest_content = std::size_t{256} << 20;  // an editor sends no larger file

// Returns the length that the header tells, or nothing.
std::optional<std::size_t> length_in(llvm::StringRef header) {
  while (!header.empty()) {
    auto [line, rest] = header.split('\n');
    header = rest;
    auto [name, value] = line.split(':');
    std::size_t length = 0;
    if (name.trim().equals_insensitive("Content-Length") && !value.trim().getAsInteger(10, length) &&
        length <= longest_content)
      return length;
  }
  return std::nullopt;
}

// Returns where the header ends and where the content begins, or nothing: it is not there yet.
std::optional<std::pair<std::size_t, std::size_t>> end_of_header(const std::string& bytes) {
  const std::size_t crlf = bytes.find("\r\n\r\n"), lf = bytes.find("\n\n");  // some clients are careless
  if (crlf == std::string::npos && lf == std::string::npos) return std::nullopt;
  if (crlf < lf) return std::pair(crlf, crlf + 4);
  return std::pair(lf, lf + 2);
}

}  // namespace

bool MessageReader::has_input(std::chrono::milliseconds time) const {
  if (!bytes_.empty()) return true;
  pollfd file{file_, POLLIN, 0};
  return poll(&file, 1, static_cast<int>(time.count())) > 0;
}

bool MessageReader::read_more() {
  char buffer[1 << 16];
  while (true) {
    const ssize_t got = read(file_, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes_.append(buffer, static_cast<std::size_t>(got));
    return true;
  }
}

llvm::Expected<std::optional<std::string>> MessageReader::next() {
  auto header = end_of_header(bytes_);
  for (; !header; header = end_of_header(bytes_)) {
    if (bytes_.size() > longest_header) {
      bytes_.clear();
      return llvm::createStringError("a header that does not end");
    }
    if (!read_more()) return std::nullopt;
  }
  const auto [end, content] = *header;
  const auto length = length_in(llvm::StringRef(bytes_).take_front(end));
  if (!length) {
    bytes_.erase(0, content);
    return llvm::createStringError("a header without a Content-Length that makes sense");
  }
  while (bytes_.size() < content + *length)
    if (!read_more()) return std::nullopt;
  std::string text = bytes_.substr(content, *length);
  bytes_.erase(0, content + *length);
  return text;
}

bool write_message(int file, const std::string& content) {
  const std::string message = "Content-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content;
  return write_all(file, message.data(), message.size());
}

}  // namespace corolint
