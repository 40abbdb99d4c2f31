#pragma once

// Three ways to count one line: bytes (the file), UTF-16 code units (Place, SARIF), cells (the terminal).
// Sources may hold any bytes, so everything here starts from text made valid first.

#include <string>
#include <string_view>

namespace corolint {

// Returns the code points of `bytes`; what is not UTF-8 becomes U+FFFD.
std::u32string code_points(std::string_view bytes);

// Returns the code units of `bytes` in UTF-16; what is not UTF-8 becomes U+FFFD.
std::u16string utf16(std::string_view bytes);

// Returns `code_points` in UTF-8.
std::string utf8(std::u32string_view code_points);

// Returns `bytes` with U+FFFD for whatever is not UTF-8.
std::string valid_utf8(std::string_view bytes);

// Returns the byte offset in the valid UTF-8 `line` of the UTF-16 column `column` (from 1), at most its size.
std::size_t offset_of_column(std::string_view line, std::size_t column);

// Returns `text` fit for a terminal: tabs as four blanks, control characters as their pictures (an escape is
// ␛), and U+FFFD for what else would not show or would turn the direction of writing, and in log commands.
std::string printable(std::string_view text);

// Returns where the next `##name[` begins, or npos: workflow runners obey `##[error]` or
// `##vso[task.setvariable …]` wherever they find it in a log.
std::size_t find_log_command(std::string_view text, std::size_t from);

// Returns `text` with every line printable, and U+FFFD for the first character of a line that begins with
// `::`, which a workflow runner would obey.
std::string printable_lines(std::string_view text);

// Returns the number of cells that the printable `text` takes; wide characters take two.
std::size_t cell_width(std::string_view text);

}  // namespace corolint
