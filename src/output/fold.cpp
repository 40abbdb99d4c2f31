#include "output/fold.h"

#include "output/unicode.h"

namespace corolint {

std::string fold(std::string_view text, std::size_t width, std::size_t start, std::size_t indent) {
  std::string folded;
  std::size_t used = start;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::size_t cells = cell_width(text.substr(0, end));
    if (!folded.empty() && width != 0 && used + 1 + cells > width) {
      folded.append("\n").append(indent, ' ');
      used = indent;
    } else if (!folded.empty()) {
      folded += ' ';
      ++used;
    }
    folded += text.substr(0, end);
    used += cells;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return folded;
}

std::string shortened(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return std::string(text);
  const std::size_t sentence_end = text.substr(0, limit).rfind(". ");
  if (sentence_end != std::string_view::npos) return std::string(text.substr(0, sentence_end + 1));
  static constexpr std::string_view ellipsis = "…";
  std::size_t end = text.substr(0, limit - ellipsis.size() + 1).rfind(' ');
  if (end == std::string_view::npos || end == 0) {
    end = limit - ellipsis.size();
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // inside a character
  }
  return std::string(text.substr(0, end)).append(ellipsis);
}

}  // namespace corolint
