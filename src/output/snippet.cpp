#include "output/snippet.h"

#include "output/unicode.h"

#include <algorithm>
#include <map>

namespace corolint {

namespace {

using MarksByLine = std::map<std::uint32_t, std::vector<Mark>>;

// Returns the lines to show, each with its marks. A single line between two shown ones is shown as well,
// since saying that it is left out takes as much room.
MarksByLine shown_lines(const SourceFile& file, const std::vector<Mark>& marks, unsigned context) {
  MarksByLine shown;
  const std::size_t reach = std::min<std::size_t>(context, file.lines.size());
  for (const Mark& mark : marks) {
    const std::uint32_t line = mark.place.line;
    if (context == 0 || !file.line(line)) continue;
    shown[line].push_back(mark);
    for (std::uint32_t distance = 1; distance < reach; ++distance) {
      if (line > distance) shown[line - distance];
      if (file.line(line + distance)) shown[line + distance];
    }
  }
  const MarksByLine sparse = shown;
  for (const auto& [line, unused] : sparse)
    if (sparse.contains(line + 2)) shown[line + 1];
  return shown;
}

std::string without_trailing_blanks(std::string text) {
  text.resize(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace

std::string snippet(const SourceFile& file, const std::vector<Mark>& marks, const SnippetStyle& style) {
  const std::string blanks(style.gutter, ' ');
  const std::string empty_gutter = style.paint(blanks + " |", Tint::secondary);
  std::string text;
  std::uint32_t previous = 0;
  for (const auto& [line, marks_here] : shown_lines(file, marks, style.context)) {
    if (previous == 0) text += empty_gutter + "\n";
    if (previous != 0 && line != previous + 1)
      text += blanks.substr(1) + style.paint("…", Tint::secondary) + "\n";
    previous = line;
    const std::string number = std::to_string(line);
    const std::string gutter = blanks.substr(std::min(number.size(), blanks.size())) + number + " |";
    const std::string source = without_trailing_blanks(printable(*file.line(line)));
    text += style.paint(gutter, Tint::secondary) + (source.empty() ? "" : " ") + source + "\n";
    if (marks_here.empty()) continue;
    for (const std::string& row : mark_rows(*file.line(line), marks_here, style.paint))
      text += empty_gutter + " " + row + "\n";
  }
  return text;
}

}  // namespace corolint
