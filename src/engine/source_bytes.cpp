#include "engine/source_bytes.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace corolint {

namespace {

bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}

// Returns where the line after the one at `at` begins, or npos.
std::size_t next_line(const std::string& bytes, std::size_t at) {
  at = bytes.find_first_of("\r\n", at);
  if (at == std::string::npos) return at;
  return at + (bytes.compare(at, 2, "\r\n") == 0 ? 2 : 1);
}

// Returns the offset of the column in the line that begins at `at`, or nothing.
std::optional<std::size_t> offset_in_line(const std::string& bytes, std::size_t at, std::uint32_t column) {
  for (std::uint32_t seen = 1; seen < column;) {
    if (at >= bytes.size() || is_line_end(bytes[at])) return std::nullopt;
    seen += static_cast<unsigned char>(bytes[at]) >= 0xF0 ? 2 : 1;  // beyond the BMP
    do ++at;
    while (at < bytes.size() && (static_cast<unsigned char>(bytes[at]) & 0xC0) == 0x80);
  }
  return at;
}

}  // namespace

std::optional<std::size_t> offset_of(const std::string& bytes, std::uint32_t line, std::uint32_t column) {
  std::size_t at = 0;
  for (std::uint32_t number = 1; number < line; ++number) {
    at = next_line(bytes, at);
    if (at == std::string::npos) return std::nullopt;
  }
  return offset_in_line(bytes, at, column);
}

const std::string* SourceBytes::file(const std::string& name) {
  const auto [entry, is_new] = files_.try_emplace(name);
  if (is_new) {
    llvm::SmallString<256> path(llvm::sys::path::is_relative(name) ? report_.root : "");
    llvm::sys::path::append(path, name);
    if (const auto unsaved = report_.unsaved.find(path.str().str()); unsaved != report_.unsaved.end())
      entry->second = unsaved->second;
    else if (const auto buffer = llvm::MemoryBuffer::getFile(path)) entry->second = (*buffer)->getBuffer().str();
  }
  return entry->second ? &*entry->second : nullptr;
}

std::optional<std::size_t> SourceBytes::line_start(const std::string& name, std::uint32_t number) {
  const std::string* bytes = file(name);
  if (!bytes || number == 0) return std::nullopt;
  std::vector<std::size_t>& starts = starts_[name];
  if (starts.empty())
    for (std::size_t at = 0; at != std::string::npos; at = next_line(*bytes, at)) starts.push_back(at);
  return number <= starts.size() ? std::optional(starts[number - 1]) : std::nullopt;
}

std::string SourceBytes::region(const Place& place) {
  const std::string* bytes = file(place.file);
  const auto offset = [&](std::uint32_t line, std::uint32_t column) {
    const auto start = line_start(place.file, line);
    return start ? offset_in_line(*bytes, *start, column) : std::nullopt;
  };
  const auto begin = offset(place.line, place.column), end = offset(place.end_line, place.end_column);
  return begin && end && *begin <= *end ? bytes->substr(*begin, *end - *begin) : std::string();
}

std::optional<std::string> SourceBytes::line(const std::string& name, std::uint32_t number) {
  const std::string* bytes = file(name);
  const auto begin = line_start(name, number);
  if (!begin || *begin >= bytes->size()) return std::nullopt;
  return bytes->substr(*begin, bytes->find_first_of("\r\n", *begin) - *begin);
}

}  // namespace corolint
