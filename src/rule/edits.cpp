#include "rule/edits.h"

#include "clang/Basic/SourceManager.h"

namespace corolint {

namespace {

bool is_written(const Unit& unit, clang::SourceLocation at) {
  return at.isValid() && !at.isMacroID() && unit.is_project(at);
}

}  // namespace

std::optional<Edit> insertion_before(const Unit& unit, clang::SourceLocation at, std::string text) {
  if (!is_written(unit, at)) return std::nullopt;
  Place place = unit.place_of(at);
  place.end_line = place.line;
  place.end_column = place.column;
  return Edit{std::move(place), std::move(text)};
}

std::optional<Edit> insertion_after(const Unit& unit, clang::SourceLocation at, std::string text) {
  if (!is_written(unit, at)) return std::nullopt;
  Place place = unit.place_of(at);
  place.line = place.end_line;
  place.column = place.end_column;
  return Edit{std::move(place), std::move(text)};
}

std::optional<Edit> replacement(const Unit& unit, clang::SourceRange range, std::string text) {
  const clang::SourceManager& sources = unit.sources();
  if (!is_written(unit, range.getBegin()) || !is_written(unit, range.getEnd()) ||
      sources.getFileID(range.getBegin()) != sources.getFileID(range.getEnd()))
    return std::nullopt;
  return Edit{unit.place_of(range), std::move(text)};
}

std::vector<Edit> all_or_none(std::initializer_list<std::optional<Edit>> edits) {
  std::vector<Edit> all;
  for (const std::optional<Edit>& edit : edits) {
    if (!edit) return {};
    all.push_back(*edit);
  }
  return all;
}

}  // namespace corolint
