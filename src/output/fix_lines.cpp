#include "output/fix_lines.h"

#include <algorithm>

#include "output/unicode.h"

namespace corolint {

namespace {

// Returns the lines `first` to `last` of the file as one text, or nothing if it has not all of them.
std::string joined_lines(const SourceFile& file, std::uint32_t first, std::uint32_t last) {
  std::string text;
  for (std::uint32_t number = first; number <= last; ++number) {
    const std::string* line = file.line(number);
    if (!line) return {};
    text += (number == first ? "" : "\n") + *line;
  }
  return text;
}

std::size_t offset_of(const SourceFile& file, std::uint32_t first, std::uint32_t line, std::uint32_t column) {
  std::size_t offset = 0;
  for (std::uint32_t number = first; number < line; ++number) offset += file.line(number)->size() + 1;
  return offset + offset_of_column(*file.line(line), column);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n')
      lines.emplace_back();
    else
      lines.back() += c;
  }
  return lines;
}

// Returns the change that the edits, which are in order and share or touch lines, make together.
ChangedLines change_of(const SourceFile& file, const std::vector<Edit>& edits) {
  const std::uint32_t first = edits.front().place.line;
  std::uint32_t last = first;
  for (const Edit& edit : edits) last = std::max(last, edit.place.end_line);
  const std::string before = joined_lines(file, first, last);
  std::string after = before;
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    const std::size_t begin = offset_of(file, first, edit->place.line, edit->place.column);
    const std::size_t end = offset_of(file, first, edit->place.end_line, edit->place.end_column);
    after.replace(begin, std::max(end, begin) - begin, edit->text);
  }
  return {edits.front().place.file, first, lines_of(before), lines_of(after)};
}

bool is_readable(const Edit& edit, SourceText& sources) {
  const SourceFile* file = sources.file(edit.place.file);
  return file && file->line(edit.place.line) && file->line(edit.place.end_line);
}

}  // namespace

std::vector<ChangedLines> changed_lines(const Fix& fix, SourceText& sources) {
  std::vector<Edit> edits = fix.edits;
  std::ranges::sort(edits, {}, &Edit::place);
  std::vector<std::vector<Edit>> groups;
  for (const Edit& edit : edits) {
    if (!is_readable(edit, sources)) return {};
    const Edit* previous = groups.empty() ? nullptr : &groups.back().back();
    if (!previous || previous->place.file != edit.place.file ||
        edit.place.line > previous->place.end_line + 1)
      groups.emplace_back();
    groups.back().push_back(edit);
  }
  std::vector<ChangedLines> changes;
  for (const auto& group : groups)
    changes.push_back(change_of(*sources.file(group.front().place.file), group));
  return changes;
}

}  // namespace corolint
