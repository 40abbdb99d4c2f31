#pragma once

#include "engine/report.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace corolint {

struct SourceFile {
  std::string bytes;               // as on disk
  std::vector<std::string> lines;  // valid UTF-8, without line ends and without a byte order mark

  // Returns line `number` (from 1), or null if the file is shorter.
  const std::string* line(std::uint32_t number) const;
};

// The sources that a rendering quotes, each read once. A file that cannot be read is no error: an output then
// does without the quotation.
class SourceText {
 public:
  // The files are those that places of the report name; it must outlive this.
  explicit SourceText(const Report& report) : report_(&report) {}

  // Returns the file that a Place calls `name`, or null if it cannot be read.
  const SourceFile* file(const std::string& name);

  // Returns the text between the two ends of `place` with `\n` between lines; empty if it cannot be read.
  std::string region(const Place& place);

 private:
  const Report* report_;
  std::map<std::string, std::optional<SourceFile>> files_;
};

// Returns the lines of `bytes`: "\n", "\r\n" and a lone "\r" end a line, as they do for Clang.
std::vector<std::string> split_lines(std::string_view bytes);

}  // namespace corolint
