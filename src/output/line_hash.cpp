// GitHub computes this value itself when a log lacks it and warns when ours differs, so it has to be exact,
// odd corners included. The hash of a line covers the 100 UTF-16 code units from its start, running on into
// the lines below, after these changes to the file: every line end becomes "\n", blanks and tabs go, and one
// 0xFFFF marks the end, with zeros after it. The units are the coefficients of a polynomial at 37, modulo
// 2^64. A file that ends in a line end has one more, empty, line. A byte order mark is a character like any
// other.

#include "output/line_hash.h"

#include "output/unicode.h"

#include "llvm/ADT/StringExtras.h"

#include <cstdint>
#include <map>

namespace corolint {

namespace {

constexpr std::size_t window = 100;

struct Units {
  std::u16string units;             // what is hashed, padded for the last line
  std::vector<std::size_t> starts;  // where each line begins in `units`
};

Units normalized(std::u16string_view source) {
  Units result{{}, {0}};
  bool after_return = false;
  for (const char16_t unit : source) {
    const bool is_second_half = after_return && unit == u'\n';
    after_return = unit == u'\r';
    if (is_second_half || unit == u' ' || unit == u'\t') continue;
    const bool ends_line = unit == u'\n' || unit == u'\r';
    result.units += ends_line ? u'\n' : unit;
    if (ends_line) result.starts.push_back(result.units.size());
  }
  result.units += static_cast<char16_t>(0xFFFF);
  result.units.append(window, u'\0');
  return result;
}

}  // namespace

std::vector<std::string> line_hashes(std::string_view bytes) {
  const Units units = normalized(utf16(bytes));
  std::map<std::uint64_t, unsigned> seen;
  std::vector<std::string> hashes;
  for (const std::size_t start : units.starts) {
    std::uint64_t hash = 0;
    for (std::size_t i = start; i < start + window; ++i) hash = 37 * hash + units.units[i];
    hashes.push_back(llvm::utohexstr(hash, /*LowerCase=*/true) + ":" + std::to_string(++seen[hash]));
  }
  return hashes;
}

}  // namespace corolint
