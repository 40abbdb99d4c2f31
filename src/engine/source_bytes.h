#pragma once

// The sources of a report as bytes, each read once.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/report.h"

namespace corolint {

class SourceBytes {
 public:
  // The files are those that places of the report name; it must outlive this.
  explicit SourceBytes(const Report& report) : report_(report) {}

  // Returns the bytes of the file that a place calls `name`, or null if it cannot be read.
  const std::string* file(const std::string& name);

  // Returns the code at the place; empty if it cannot be read.
  std::string region(const Place& place);

  // Returns line `number` (from 1) of the file without its end, or nothing.
  std::optional<std::string> line(const std::string& name, std::uint32_t number);

 private:
  // Returns the offset of the line's first character, or nothing.
  std::optional<std::size_t> line_start(const std::string& name, std::uint32_t number);

  const Report& report_;
  std::map<std::string, std::optional<std::string>> files_;
  std::map<std::string, std::vector<std::size_t>> starts_;  // of lines; made when first asked for
};

// Returns the offset in `bytes` of the character at the line and the column in UTF-16 code units, both from
// 1, as places have them; nothing if there is none. "\n", "\r\n" and a lone "\r" end a line.
std::optional<std::size_t> offset_of(const std::string& bytes, std::uint32_t line, std::uint32_t column);

}  // namespace corolint
