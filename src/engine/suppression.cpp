#include "engine/suppression.h"

#include <algorithm>
#include <limits>

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/GlobPattern.h"

namespace corolint {

namespace {

constexpr std::uint32_t whole_file = std::numeric_limits<std::uint32_t>::max();

// A keyword with what stands behind it: `(names): reason`.
struct Directive {
  llvm::StringRef keyword;
  std::vector<std::string> rules;
  std::string reason;
};

std::vector<std::string> split(llvm::StringRef list) {
  llvm::SmallVector<llvm::StringRef> parts;
  list.split(parts, ',', -1, false);
  std::vector<std::string> names;
  for (const llvm::StringRef part : parts)
    if (const llvm::StringRef name = part.trim(); !name.empty() && !name.starts_with("-"))
      names.push_back(name.str());
  return names;
}

// Reads `(names): reason` behind a keyword.
void read_rest(llvm::StringRef rest, Directive& directive) {
  if (rest.consume_front("(")) {
    const auto [list, behind] = rest.split(')');
    directive.rules = split(list);
    if (directive.rules.empty()) directive.rules.push_back("");  // an empty list silences nothing
    rest = behind;
  }
  if (rest.consume_front(":"))
    directive.reason = rest.take_until([](char c) { return c == '\n'; }).rtrim("*/ \r").trim().str();
}

std::vector<Directive> directives_in(llvm::StringRef text) {
  std::vector<Directive> found;
  for (std::size_t at = text.find("NOLINT"); at != llvm::StringRef::npos; at = text.find("NOLINT", at + 1)) {
    Directive& directive = found.emplace_back();
    llvm::StringRef rest = text.substr(at);
    directive.keyword = rest.take_while([](char c) { return llvm::isAlpha(c); });
    read_rest(rest.drop_front(directive.keyword.size()), directive);
  }
  if (const std::size_t at = text.find("corolint: file-allow"); at != llvm::StringRef::npos) {
    Directive& directive = found.emplace_back();
    directive.keyword = "file-allow";
    read_rest(text.substr(at + llvm::StringRef("corolint: file-allow").size()), directive);
  }
  return found;
}

void close(std::vector<Suppression>& suppressions, const Comment& comment, const Directive& directive) {
  for (auto open = suppressions.rbegin(); open != suppressions.rend(); ++open)
    if (open->file == comment.place.file && open->last_line == whole_file && open->first_line > 1 &&
        open->rules == directive.rules) {
      open->last_line = comment.place.line;
      return;
    }
}

}  // namespace

std::vector<Suppression> suppressions_in(const std::vector<Comment>& comments) {
  std::vector<Suppression> suppressions;
  for (const Comment& comment : comments)
    for (const Directive& directive : directives_in(comment.text)) {
      const auto add = [&](std::uint32_t first, std::uint32_t last) {
        suppressions.push_back(
            {comment.place.file, first, last, directive.rules, directive.reason, comment.place.line});
      };
      const std::uint32_t line = comment.place.line;
      if (directive.keyword == "NOLINT") add(line, line);
      if (directive.keyword == "NOLINTNEXTLINE") add(line + 1, line + 1);
      if (directive.keyword == "NOLINTBEGIN") add(line + 1, whole_file);
      if (directive.keyword == "NOLINTEND") close(suppressions, comment, directive);
      if (directive.keyword == "file-allow") add(1, whole_file);
    }
  // A begin without its end silences nothing: it would hide the rest of the file by mistake.
  std::erase_if(suppressions,
                [](const Suppression& one) { return one.last_line == whole_file && one.first_line > 1; });
  return suppressions;
}

bool is_suppressed(const std::vector<Suppression>& suppressions, std::string_view rule,
                   const std::string& file, std::uint32_t line) {
  return std::any_of(suppressions.begin(), suppressions.end(), [&](const Suppression& one) {
    if (one.file != file || line < one.first_line || line > one.last_line) return false;
    return one.rules.empty() || std::any_of(one.rules.begin(), one.rules.end(), [&](const std::string& name) {
             auto glob = llvm::GlobPattern::create(name);
             if (!glob) return llvm::consumeError(glob.takeError()), false;
             return glob->match(rule);
           });
  });
}

}  // namespace corolint
