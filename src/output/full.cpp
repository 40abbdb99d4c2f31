// The format for people, after rustc: one sentence, the source with marks, where it comes from, what to do.

#include "output/fix_lines.h"
#include "output/fold.h"
#include "output/output.h"
#include "output/painter.h"
#include "output/shown.h"
#include "output/snippet.h"
#include "output/source_text.h"
#include "output/spelling.h"
#include "output/unicode.h"

#include "llvm/Support/FormatVariadic.h"

#include <algorithm>
#include <set>

namespace corolint {

namespace {

struct Page {
  const Report& report;
  const TextStyle& style;
  Painter paint;
  SourceText sources;
};

std::string sentence(const Page& page, const std::string& opening, Tint tint, std::string_view text,
                     Tint rest) {
  const std::string folded = fold(printable(text), page.style.width, opening.size() + 1, 2);
  return page.paint(opening, tint) + " " + page.paint(folded, rest) + "\n";
}

std::size_t gutter_width(const Page& page, const Finding& finding) {
  std::uint32_t last = finding.place.line;
  for (const Note& note : finding.notes) last = std::max(last, note.place.line);
  return std::to_string(last + std::max(page.style.context, 1u) - 1).size();
}

// Returns the line with `arrow` that names `place`, and the source with `marks`; no source where it cannot be
// read.
std::string block(Page& page, std::string_view arrow, const Place& place, const std::vector<Mark>& marks,
                  std::size_t gutter) {
  std::string text = std::string(gutter, ' ') + page.paint(arrow, Tint::secondary);
  text += " " + printable(spelled(place)) + "\n";
  const SourceFile* file = page.sources.file(place.file);
  return file ? text + snippet(*file, marks, {page.paint, page.style.context, gutter}) : text;
}

std::string own_block(Page& page, const Finding& finding, std::size_t gutter) {
  std::vector<Mark> marks = {{finding.place, finding.label, '^', tint_of(finding.level)}};
  for (const Note& note : finding.notes)
    if (note.place.is_somewhere() && note.place.file == finding.place.file)
      marks.push_back({note.place, note.text, '-', Tint::secondary});
  std::string text = block(page, "-->", finding.place, marks, gutter);
  if (std::ranges::count(text, '\n') > 1)
    text += page.paint(std::string(gutter, ' ') + " |", Tint::secondary) + "\n";
  return text;
}

// Returns the notes that stand nowhere.
std::string placeless_notes(const Page& page, const Finding& finding, std::size_t gutter) {
  std::string text;
  for (const Note& note : finding.notes)
    if (!note.place.is_somewhere())
      text += sentence(page, std::string(gutter, ' ') + " = note:", Tint::note, note.text, Tint::plain);
  return text;
}

// Returns the notes in other files, each with its own source and its words at the mark, or before it if there
// is no source to mark.
std::string foreign_notes(Page& page, const Finding& finding, std::size_t gutter) {
  std::string text;
  for (const Note& note : finding.notes) {
    if (!note.place.is_somewhere() || note.place.file == finding.place.file) continue;
    const std::string marked =
        block(page, ":::", note.place, {{note.place, note.text, '-', Tint::secondary}}, gutter);
    if (std::ranges::count(marked, '\n') > 1)
      text += marked + page.paint(std::string(gutter, ' ') + " |", Tint::secondary) + "\n";
    else
      text += sentence(page, "note:", Tint::note, note.text, Tint::plain) + marked;
  }
  return text;
}

// Returns `text` with as many blanks as reach `width` cells.
std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, cell_width(text)), ' ');
}

constexpr std::size_t shown_at_each_end = 3;  // of a long path that is folded

std::string title_of(const std::vector<Step>& path) {
  std::set<std::string> files;
  for (const Step& step : path) files.insert(step.place.file);
  std::string title = llvm::formatv("call chain, {0}", counted(path.size(), "call"));
  if (files.size() > 1) title += llvm::formatv(", crosses {0}", counted(files.size(), "file"));
  return title;
}

// Returns "in NAME" if all `steps` are in the namespace NAME, else nothing.
std::string common_namespace(const std::vector<Step>& steps, std::size_t begin, std::size_t end) {
  const auto outermost = [&](std::size_t i) {
    const std::size_t colons = steps[i].function.find("::");
    return colons == std::string::npos ? std::string() : steps[i].function.substr(0, colons);
  };
  const std::string name = outermost(begin);
  for (std::size_t i = begin; i < end; ++i)
    if (outermost(i) != name) return {};
  return name.empty() ? "" : " in " + printable(name);
}

std::string path_table(const Page& page, const std::vector<Step>& path) {
  std::size_t function_width = 0, place_width = 0;
  for (const Step& step : path) {
    function_width = std::max(function_width, cell_width(printable(step.function)));
    place_width = std::max(place_width, cell_width(printable(spelled(step.place))));
  }
  std::string text = sentence(page, "note:", Tint::note, title_of(path), Tint::plain);
  const std::size_t number_width = std::to_string(path.size()).size();
  const bool is_folded = page.style.chain == Chain::folded && path.size() > 2 * shown_at_each_end + 1;
  const std::size_t resumed = path.size() - shown_at_each_end;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (is_folded && i == shown_at_each_end) {
      text += std::string(2 + number_width, ' ') + "  … " + counted(resumed - i, "call") +
              common_namespace(path, i, resumed) + ", shown by --chain full …\n";
      i = resumed;
    }
    const std::string number = std::to_string(i + 1);
    text += std::string(2 + number_width - number.size(), ' ') + number + "  ";
    text += padded(printable(path[i].function), function_width) + "   ";
    text += padded(printable(spelled(path[i].place)), place_width) + "   " + printable(path[i].text) + "\n";
  }
  return text;
}

// Returns the lines of the best fix, before and after.
std::string fix_block(Page& page, const Finding& finding, std::size_t gutter) {
  if (finding.fixes.empty()) return {};
  const Fix& fix = finding.fixes.front();
  const std::string bar = page.paint(std::string(gutter, ' ') + " |", Tint::secondary) + "\n";
  std::string text = bar;  // below the help, if the rule has one
  if (finding.help.empty()) text = sentence(page, "help:", Tint::note, fix.message, Tint::plain) + bar;
  const auto add = [&](std::uint32_t first, const std::vector<std::string>& lines, char sign, Tint tint) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::string number = std::to_string(first + i);
      const std::string blanks(gutter - std::min(gutter, number.size()), ' ');
      text += page.paint(blanks + number + " " + sign, tint) + " " + printable(lines[i]) + "\n";
    }
  };
  for (const ChangedLines& change : changed_lines(fix, page.sources)) {
    if (change.file != finding.place.file)
      text +=
          std::string(gutter, ' ') + page.paint(":::", Tint::secondary) + " " + printable(change.file) + "\n";
    add(change.first, change.before, '-', Tint::error);
    add(change.first, change.after, '+', Tint::note);
  }
  const bool is_safe = fix.applicability == Applicability::safe;
  return text + bar + std::string(gutter, ' ') + page.paint(" = fix:", Tint::secondary) +
         (is_safe ? " safe; apply with --fix\n"
                  : " unsafe, it may change what the program does; apply with --fix --unsafe-fixes\n");
}

std::string more(const Page& page, const Finding& finding, std::size_t gutter) {
  const RuleEntry* entry = rule_of(page.report, finding);
  const int cwe = entry ? entry->rule.cwe : 0;
  return std::string(gutter, ' ') + page.paint(" = more:", Tint::secondary) + " corolint explain " +
         finding.rule + (cwe == 0 ? "" : " · CWE-" + std::to_string(cwe)) + "\n";
}

std::string full(Page& page, const ShownFinding& shown) {
  const Finding& finding = *shown.finding;
  const std::size_t gutter = gutter_width(page, finding);
  const std::string mark = mark_of(shown);
  const std::string opening = llvm::formatv("{0}[{1}]{2}:", level_name(finding.level), finding.rule,
                                            mark.empty() ? "" : " (" + printable(mark) + ")");
  std::string text = sentence(page, opening, tint_of(finding.level), finding.message, Tint::strong);
  text += own_block(page, finding, gutter);
  text += foreign_notes(page, finding, gutter);
  text += placeless_notes(page, finding, gutter);
  if (!finding.path.empty() && page.style.chain != Chain::none) text += path_table(page, finding.path);
  if (!finding.help.empty()) text += sentence(page, "help:", Tint::note, finding.help, Tint::plain);
  text += fix_block(page, finding, gutter);
  return text + more(page, finding, gutter);
}

}  // namespace

std::string as_full(const Report& report, const TextStyle& style) {
  Page page{report, style, Painter{style.color}, SourceText(report)};
  std::string text;
  for (const ShownFinding& shown : shown_findings(report, style.hidden))
    text += (text.empty() ? "" : "\n") + full(page, shown);
  return text;
}

}  // namespace corolint
