#include "output/source_text.h"

#include "output/unicode.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace corolint {

const std::string* SourceFile::line(std::uint32_t number) const {
  return number >= 1 && number <= lines.size() ? &lines[number - 1] : nullptr;
}

std::vector<std::string> split_lines(std::string_view bytes) {
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  std::vector<std::string> lines;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
    lines.push_back(valid_utf8(bytes.substr(0, end)));
    bytes.remove_prefix(end);
    if (!bytes.empty()) bytes.remove_prefix(bytes.substr(0, 2) == "\r\n" ? 2 : 1);
  }
  return lines;
}

namespace {

std::optional<std::string> bytes_at(const std::string& path, const Report& report) {
  if (const auto unsaved = report.unsaved.find(path); unsaved != report.unsaved.end()) return unsaved->second;
  const auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer) return std::nullopt;
  return (*buffer)->getBuffer().str();
}

}  // namespace

const SourceFile* SourceText::file(const std::string& name) {
  const auto [entry, is_new] = files_.try_emplace(name);
  if (is_new) {
    llvm::SmallString<256> path(llvm::sys::path::is_relative(name) ? report_->root : "");
    llvm::sys::path::append(path, name);
    if (std::optional<std::string> read = bytes_at(path.str().str(), *report_)) {
      std::string bytes = std::move(*read);
      std::vector<std::string> lines = split_lines(bytes);
      entry->second = SourceFile{std::move(bytes), std::move(lines)};
    }
  }
  return entry->second ? &*entry->second : nullptr;
}

std::string SourceText::region(const Place& place) {
  const SourceFile* source = file(place.file);
  std::string text;
  for (std::uint32_t number = place.line; source && number <= place.end_line; ++number) {
    const std::string* line = source->line(number);
    if (!line) break;
    const std::size_t begin = number == place.line ? offset_of_column(*line, place.column) : 0;
    const std::size_t end =
        number == place.end_line ? offset_of_column(*line, place.end_column) : line->size();
    if (number != place.line) text += '\n';
    if (begin < end) text += line->substr(begin, end - begin);
  }
  return text;
}

}  // namespace corolint
