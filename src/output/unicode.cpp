#include "output/unicode.h"

#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Unicode.h"

#include <algorithm>

namespace corolint {

namespace {

// Returns whether a terminal shows `point` where it stands. Joiners may pass; what turns the direction of
// writing may not, as it can make source look like other source.
bool is_harmless(char32_t point) {
  const bool turns = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
  const int value = static_cast<int>(point);
  return !turns && (llvm::sys::unicode::isPrintable(value) || llvm::sys::unicode::isFormatting(value));
}

bool is_plain_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

// Returns the text with a picture or a mark in place of each code point that a terminal does not show.
std::string with_pictures(std::string_view text) {
  std::u32string shown;
  for (const char32_t point : code_points(text)) {
    if (point == U'\t')
      shown += U"    ";
    else if (point < U' ')
      shown += U'\u2400' + point;
    else if (point == U'\x7F')
      shown += U'\u2421';
    else
      shown += is_harmless(point) ? point : U'\uFFFD';
  }
  return utf8(shown);
}

}  // namespace

std::u32string code_points(std::string_view bytes) {
  std::u32string points(bytes.size(), U'\0');  // never more code points than bytes
  const auto* source = reinterpret_cast<const llvm::UTF8*>(bytes.data());
  auto* const begin = reinterpret_cast<llvm::UTF32*>(points.data());
  auto* end = begin;
  llvm::ConvertUTF8toUTF32(&source, source + bytes.size(), &end, begin + points.size(),
                           llvm::lenientConversion);
  points.resize(static_cast<std::size_t>(end - begin));
  return points;
}

std::u16string utf16(std::string_view bytes) {
  std::u16string units;
  for (const char32_t point : code_points(bytes)) {
    if (point < 0x10000) {
      units += static_cast<char16_t>(point);
      continue;
    }
    units += static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10));
    units += static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF));
  }
  return units;
}

std::string utf8(std::u32string_view code_points) {
  std::string text;
  for (const char32_t point : code_points) {
    char buffer[UNI_MAX_UTF8_BYTES_PER_CODE_POINT];
    char* end = buffer;
    if (llvm::ConvertCodePointToUTF8(point, end)) text.append(buffer, end);
  }
  return text;
}

std::string valid_utf8(std::string_view bytes) {
  const auto* source = reinterpret_cast<const llvm::UTF8*>(bytes.data());
  if (llvm::isLegalUTF8String(&source, source + bytes.size())) return std::string(bytes);
  return utf8(code_points(bytes));
}

std::size_t offset_of_column(std::string_view line, std::size_t column) {
  std::size_t offset = 0;
  for (std::size_t unit = 1; unit < column && offset < line.size(); ++unit) {
    const unsigned length = llvm::getNumBytesForUTF8(static_cast<llvm::UTF8>(line[offset]));
    if (length == 4) ++unit;  // a surrogate pair
    offset += length;
  }
  return std::min(offset, line.size());
}

std::string printable(std::string_view text) {
  std::string bytes = is_plain_ascii(text) ? std::string(text) : with_pictures(text);
  for (std::size_t at = 0; (at = find_log_command(bytes, at)) != std::string::npos;)
    bytes.replace(at + 1, 1, "\uFFFD");
  return bytes;
}

std::size_t find_log_command(std::string_view text, std::size_t from) {
  for (std::size_t at = from; (at = text.find("##", at)) != std::string_view::npos; ++at) {
    std::size_t end = at + 2;
    while (end < text.size() && text[end] >= 'a' && text[end] <= 'z') ++end;
    if (end < text.size() && text[end] == '[') return at;
  }
  return std::string_view::npos;
}

std::string printable_lines(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string line = printable(text.substr(0, end));
    const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
    if (std::string_view(line).substr(begin).starts_with("::")) line.replace(begin, 1, "\uFFFD");
    shown += line;
    if (end < text.size()) shown += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return shown;
}

std::size_t cell_width(std::string_view text) {
  const int cells = llvm::sys::unicode::columnWidthUTF8(llvm::StringRef(text.data(), text.size()));
  return cells < 0 ? code_points(text).size() : static_cast<std::size_t>(cells);
}

}  // namespace corolint
