// Several labels on one line are laid out as rustc does: the rightmost follows its signs, the others hang
// below theirs on bars, from right to left, so that no label crosses another one's bar:
//
//     connect(host, port);
//             ----  ^^^^ the rightmost
//             |
//             another

#include "output/mark_rows.h"

#include "output/unicode.h"

#include <algorithm>

namespace corolint {

namespace {

// A mark measured in terminal cells from the start of the line.
struct Span {
  std::size_t begin;
  std::size_t end;
  const Mark* mark;
};

// One row of signs, each one cell.
struct Row {
  std::string signs;
  std::vector<Tint> tints;

  void put(std::size_t begin, std::size_t end, char sign, Tint tint) {
    if (signs.size() < end) {
      signs.resize(end, ' ');
      tints.resize(end, Tint::plain);
    }
    for (std::size_t i = begin; i < end; ++i) {
      signs[i] = sign;
      tints[i] = tint;
    }
  }

  std::string text(const Painter& paint) const {
    std::string painted;
    for (std::size_t begin = 0, end = 0; begin < signs.size(); begin = end) {
      while (end < signs.size() && tints[end] == tints[begin]) ++end;
      painted += paint(std::string_view(signs).substr(begin, end - begin), tints[begin]);
    }
    return painted;
  }
};

Span measured(std::string_view line, const Mark& mark) {
  const auto cells = [&](std::size_t bytes) { return cell_width(printable(line.substr(0, bytes))); };
  const Place& place = mark.place;
  const bool ends_here = place.end_line <= place.line;
  const std::size_t begin = cells(offset_of_column(line, place.column));
  const std::size_t end = cells(ends_here ? offset_of_column(line, place.end_column) : line.size());
  return {begin, std::max(end, begin + 1), &mark};
}

// Returns the spans from right to left; at the same place the finding's own comes first.
std::vector<Span> measured_from_right(std::string_view line, const std::vector<Mark>& marks) {
  std::vector<Span> spans;
  for (const Mark& mark : marks) spans.push_back(measured(line, mark));
  std::ranges::stable_sort(spans, [](const Span& a, const Span& b) {
    return a.begin != b.begin ? a.begin > b.begin : a.mark->sign > b.mark->sign;
  });
  return spans;
}

Row sign_row(std::vector<Span> spans) {
  std::ranges::stable_sort(spans, {}, [](const Span& span) { return span.mark->sign; });  // '^' over '-'
  Row row;
  for (const Span& span : spans) row.put(span.begin, span.end, span.mark->sign, span.mark->tint);
  return row;
}

// Returns the row with the bars of `spans` that stand left of `before`.
Row bar_row(const std::vector<Span>& spans, std::size_t before) {
  Row row;
  for (const Span& span : spans)
    if (span.begin < before) row.put(span.begin, span.begin + 1, '|', span.mark->tint);
  return row;
}

}  // namespace

std::vector<std::string> mark_rows(std::string_view line, const std::vector<Mark>& marks,
                                   const Painter& paint) {
  while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
  std::vector<Span> spans = measured_from_right(line, marks);
  Row signs = sign_row(spans);
  std::vector<std::string> rows = {signs.text(paint)};
  if (spans.front().end == signs.signs.size()) {  // nothing stands right of it
    const Mark& last = *spans.front().mark;
    if (!last.label.empty()) rows[0] += " " + paint(printable(last.label), last.tint);
    spans.erase(spans.begin());
  }
  std::erase_if(spans, [](const Span& span) { return span.mark->label.empty(); });
  if (!spans.empty()) rows.push_back(bar_row(spans, std::string::npos).text(paint));
  for (const Span& span : spans) {
    Row row = bar_row(spans, span.begin);
    row.put(row.signs.size(), span.begin, ' ', Tint::plain);
    rows.push_back(row.text(paint) + paint(printable(span.mark->label), span.mark->tint));
  }
  return rows;
}

}  // namespace corolint
