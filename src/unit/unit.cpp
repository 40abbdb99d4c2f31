#include "unit/unit.h"

#include <algorithm>

#include "clang/Lex/Lexer.h"
#include "llvm/Support/ConvertUTF.h"
#include "unit/parts.h"

namespace corolint {

namespace {

// Returns the column, from 1, of the byte at `offset` of `line` in UTF-16 code units.
std::uint32_t utf16_column(llvm::StringRef line, std::size_t offset) {
  std::uint32_t column = 1;
  for (const char c : line.take_front(offset)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80)
      column += byte >= 0xF0 ? 2 : 1;  // count leading bytes; beyond the BMP takes two
  }
  return column;
}

struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

Position position_of(const clang::SourceManager& sources, clang::SourceLocation location) {
  const auto [file, offset] = sources.getDecomposedLoc(location);
  const llvm::StringRef text = sources.getBufferData(file);
  const std::size_t newline = text.take_front(offset).rfind('\n');
  const std::size_t start = newline == llvm::StringRef::npos ? 0 : newline + 1;
  return {sources.getLineNumber(file, offset), utf16_column(text.substr(start), offset - start)};
}

// Returns `range` as characters of one file, or an invalid range.
clang::CharSourceRange in_file(const Unit& unit, clang::SourceRange range) {
  if (range.isInvalid()) return {};
  const auto tokens = clang::CharSourceRange::getTokenRange(range);
  const clang::LangOptions& language = unit.ast().getLangOpts();
  const auto exact = clang::Lexer::makeFileCharRange(tokens, unit.sources(), language);
  if (exact.isValid()) return exact;
  return clang::Lexer::getAsCharRange(unit.sources().getExpansionRange(range), unit.sources(), language);
}

}  // namespace

Unit::Unit(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Unit::~Unit() = default;

clang::ASTContext& Unit::ast() const {
  return parts_->compiler.getASTContext();
}
clang::SourceManager& Unit::sources() const {
  return parts_->compiler.getSourceManager();
}

bool Unit::is_project(clang::SourceLocation location) const {
  return parts_->files.is_project(sources(), location);
}

bool Unit::has_error_in(clang::SourceRange range) const {
  const auto [file, begin] = sources().getDecomposedExpansionLoc(range.getBegin());
  const auto [end_file, end] = sources().getDecomposedExpansionLoc(range.getEnd());
  return std::any_of(parts_->error_places.begin(), parts_->error_places.end(),
                     [&, first = file, from = begin, to = end](clang::SourceLocation place) {
                       const auto [at_file, at] = sources().getDecomposedLoc(place);
                       return at_file == first && from <= at && at <= to;
                     });
}

Place Unit::place_of(clang::SourceRange range) const {
  const auto chars = in_file(*this, range);
  if (chars.isInvalid()) return {};
  const Position begin = position_of(sources(), chars.getBegin());
  const Position end = position_of(sources(), chars.getEnd());
  return {parts_->files.shown_path(sources(), sources().getFileID(chars.getBegin())), begin.line,
          begin.column, end.line, end.column};
}

namespace {

// Returns where the bytes from `begin` to `end` of the file stand.
Place place_between(const clang::SourceManager& sources, clang::FileID file, std::string name,
                    std::size_t begin, std::size_t end) {
  const clang::SourceLocation start = sources.getLocForStartOfFile(file);
  const Position first = position_of(sources, start.getLocWithOffset(static_cast<int>(begin)));
  const Position last = position_of(sources, start.getLocWithOffset(static_cast<int>(end)));
  return {std::move(name), first.line, first.column, last.line, last.column};
}

// Returns the bytes to take away with the comment at these offsets of `text`.
std::pair<std::size_t, std::size_t> with_blanks(llvm::StringRef text, std::size_t begin, std::size_t end) {
  begin = text.take_front(begin).rtrim(" \t").size();
  const bool is_line_start = begin == 0 || text[begin - 1] == '\n';
  const llvm::StringRef behind = text.substr(end).ltrim(" \t");
  if (is_line_start && behind.starts_with("\r\n")) end = text.size() - behind.size() + 2;
  if (is_line_start && behind.starts_with("\n")) end = text.size() - behind.size() + 1;
  return {begin, end};
}

}  // namespace

std::vector<Comment> Unit::comments() const {
  std::vector<Comment> comments;
  for (const auto& [range, text] : parts_->comments.found)
    if (is_project(range.getBegin())) {
      const auto [file, offset] = sources().getDecomposedLoc(range.getBegin());
      const std::string name = parts_->files.shown_path(sources(), file);
      const auto [begin, end] = with_blanks(sources().getBufferData(file), offset, offset + text.size());
      comments.push_back({place_between(sources(), file, name, offset, offset + text.size()), text.str(),
                          place_between(sources(), file, name, begin, end)});
    }
  std::sort(comments.begin(), comments.end());
  comments.erase(std::unique(comments.begin(), comments.end()), comments.end());
  return comments;
}

llvm::StringRef Unit::text_of(clang::SourceRange range) const {
  return clang::Lexer::getSourceText(in_file(*this, range), sources(), ast().getLangOpts());
}

}  // namespace corolint
