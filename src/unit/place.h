#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace corolint {

// A stretch of source text. Lines and columns count from 1, columns in UTF-16 code units (SARIF's
// `utf16CodeUnits`), `end_column` is one past the last character. `file` is relative to the project root with
// `/` separators, or absolute for a file outside the root. A default-constructed Place is nowhere.
struct Place {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;

  bool is_somewhere() const { return line != 0; }
  friend auto operator<=>(const Place&, const Place&) = default;
};

// An error that the compiler gave for the analysed code.
struct CompilerError {
  Place place;  // nowhere for a missing main file or a bad flag
  std::string message;

  friend auto operator<=>(const CompilerError&, const CompilerError&) = default;
};

}  // namespace corolint
