#include "engine/suppression.h"

#include <algorithm>
#include <limits>

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/GlobPattern.h"

namespace corolint {

namespace {

constexpr std::uint32_t whole_file = std::numeric_limits<std::uint32_t>::max();
constexpr llvm::StringRef file_keyword = "corolint: file-allow";

// A keyword with what stands behind it: `(names): reason`.
struct Directive {
  llvm::StringRef keyword;
  std::vector<std::string> rules;
  std::string reason;
  std::uint32_t line = 0;  // counted from the comment's first
  bool is_alone = false;   // the comment says nothing else
};

bool says_something(llvm::StringRef text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return llvm::isAlnum(c); });
}

std::vector<std::string> split(llvm::StringRef list) {
  llvm::SmallVector<llvm::StringRef> parts;
  list.split(parts, ',', -1, false);
  std::vector<std::string> names;
  for (const llvm::StringRef part : parts)
    if (const llvm::StringRef name = part.trim(); !name.empty() && !name.starts_with("-"))
      names.push_back(name.str());
  return names;
}

// Reads `(names): reason` behind a keyword, and returns what is left of the text. Sets `has_list`.
llvm::StringRef read_rest(llvm::StringRef rest, Directive& directive, bool& has_list) {
  has_list = rest.consume_front("(");
  if (has_list) {
    const auto [list, behind] = rest.split(')');
    directive.rules = split(list);
    if (directive.rules.empty()) directive.rules.push_back("");  // an empty list silences nothing
    rest = behind;
  }
  if (rest.consume_front(":")) {
    const llvm::StringRef line = rest.take_until([](char c) { return c == '\n'; });
    directive.reason = line.rtrim("*/ \r").trim().str();
    rest = rest.drop_front(line.size());
  }
  return rest;
}

// Returns where the next keyword begins in `text` at or after `at`, or npos.
std::size_t next_keyword(llvm::StringRef text, std::size_t at) {
  for (; at < text.size(); ++at) {
    const bool begins = at == 0 || !llvm::isAlnum(text[at - 1]);
    if (begins && (text.substr(at).starts_with("NOLINT") || text.substr(at).starts_with(file_keyword)))
      return at;
  }
  return llvm::StringRef::npos;
}

std::vector<Directive> directives_in(llvm::StringRef text) {
  std::vector<Directive> found;
  std::size_t done = 0;  // where the last directive ends
  for (std::size_t at = next_keyword(text, 0); at != llvm::StringRef::npos;
       at = next_keyword(text, std::max(at + 1, done))) {
    Directive directive;
    llvm::StringRef rest = text.substr(at);
    directive.keyword = rest.starts_with(file_keyword)
                            ? file_keyword
                            : rest.take_while([](char c) { return llvm::isAlpha(c); });
    bool has_list = false;
    rest = read_rest(rest.drop_front(directive.keyword.size()), directive, has_list);
    const std::size_t line_start = text.take_front(at).rfind('\n') + 1;  // npos + 1 is 0
    const bool is_start = !says_something(text.slice(std::max(done, line_start), at));
    const bool is_end = !says_something(rest);
    if (!is_start && !(has_list && is_end)) continue;
    directive.line = static_cast<std::uint32_t>(text.take_front(at).count('\n'));
    directive.is_alone = !says_something(text.take_front(at)) && is_end;
    done = text.size() - rest.size();
    found.push_back(std::move(directive));
  }
  return found;
}

bool breaks_rules(const Suppression& one, const SuppressionSettings& settings) {
  return settings.strict &&
         ((settings.require_reason && one.reason.empty()) || (settings.require_rule && one.rules.empty()));
}

// Collects the suppressions of a file's comments.
class Collector {
 public:
  void take(const Comment& comment, const Directive& directive) {
    const std::uint32_t line = comment.place.line + directive.line;
    if (directive.keyword == "NOLINT") add(comment, directive, line, line);
    if (directive.keyword == "NOLINTNEXTLINE") add(comment, directive, line + 1, line + 1);
    if (directive.keyword == "NOLINTBEGIN") open_.push_back(add(comment, directive, line + 1, whole_file));
    if (directive.keyword == "NOLINTEND") close(comment, directive, line);
    if (directive.keyword == file_keyword) add(comment, directive, 1, whole_file);
  }

  // A begin without its end silences nothing: it would hide the rest of the file by mistake.
  std::vector<Suppression> result() {
    std::sort(open_.rbegin(), open_.rend());
    for (const std::size_t index : open_) found_.erase(found_.begin() + static_cast<std::ptrdiff_t>(index));
    return std::move(found_);
  }

 private:
  std::size_t add(const Comment& comment, const Directive& directive, std::uint32_t first,
                  std::uint32_t last) {
    Suppression one{comment.place.file, first,         last, directive.rules,
                    directive.reason,   comment.place, {},   true};
    if (directive.is_alone) one.removal.push_back(comment.removal);
    found_.push_back(std::move(one));
    return found_.size() - 1;
  }

  void close(const Comment& comment, const Directive& directive, std::uint32_t line) {
    const auto open = std::find_if(open_.rbegin(), open_.rend(), [&](std::size_t index) {
      return found_[index].file == comment.place.file && found_[index].rules == directive.rules;
    });
    if (open == open_.rend()) return;
    Suppression& one = found_[*open];
    one.last_line = line;
    if (directive.is_alone && !one.removal.empty())
      one.removal.push_back(comment.removal);
    else
      one.removal.clear();
    open_.erase(std::next(open).base());
  }

  std::vector<Suppression> found_;
  std::vector<std::size_t> open_;  // begins without their ends yet
};

}  // namespace

std::vector<Suppression> suppressions_in(const std::vector<Comment>& comments,
                                         const SuppressionSettings& settings) {
  Collector collector;
  for (const Comment& comment : comments)
    for (const Directive& directive : directives_in(comment.text)) collector.take(comment, directive);
  std::vector<Suppression> suppressions = collector.result();
  for (Suppression& one : suppressions) one.holds = !breaks_rules(one, settings);
  return suppressions;
}

bool means_rule(const std::string& name, std::string_view rule) {
  auto glob = llvm::GlobPattern::create(name);
  if (!glob) return llvm::consumeError(glob.takeError()), false;
  return glob->match(rule);
}

bool covers(const Suppression& suppression, std::string_view rule, const std::string& file,
            std::uint32_t line) {
  if (suppression.file != file || line < suppression.first_line || line > suppression.last_line) return false;
  return suppression.rules.empty() ||
         std::any_of(suppression.rules.begin(), suppression.rules.end(),
                     [&](const std::string& name) { return means_rule(name, rule); });
}

const Suppression* suppressing(const std::vector<Suppression>& suppressions, std::string_view rule,
                               const std::string& file, std::uint32_t line) {
  const auto found = std::find_if(suppressions.begin(), suppressions.end(), [&](const Suppression& one) {
    return one.holds && covers(one, rule, file, line);
  });
  return found == suppressions.end() ? nullptr : &*found;
}

}  // namespace corolint
