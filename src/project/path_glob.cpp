#include "project/path_glob.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Regex.h"

namespace corolint {

namespace {

// Returns the regular expression of the glob's character at `at`, and moves `at` behind it.
std::string next_part(std::string_view glob, std::size_t& at, unsigned& braces) {
  const char c = glob[at++];
  if (c == '*' && at < glob.size() && glob[at] == '*') {
    ++at;
    if (at >= glob.size() || glob[at] != '/') return ".*";
    ++at;
    return "(.*/)?";
  }
  if (c == '*') return "[^/]*";
  if (c == '?') return "[^/]";
  if (c == '[') {
    const std::size_t end = glob.find(']', at + 1);
    if (end == std::string_view::npos) return "\\[";
    const std::string set(glob.substr(at, end - at));
    at = end + 1;
    return set.front() == '!' ? "[^" + set.substr(1) + "]" : "[" + set + "]";
  }
  if (c == '{') return ++braces, "(";
  if (c == '}' && braces > 0) return --braces, ")";
  if (c == ',' && braces > 0) return "|";
  return llvm::Regex::escape(llvm::StringRef(&c, 1));
}

std::string regex_of(std::string_view glob) {
  while (glob.starts_with("./")) glob.remove_prefix(2);
  while (glob.ends_with("/")) glob.remove_suffix(1);
  std::string text;
  unsigned braces = 0;
  for (std::size_t at = 0; at < glob.size();) text += next_part(glob, at, braces);
  return "^(" + text + std::string(braces, ')') + ")(/.*)?$";
}

}  // namespace

bool matches_path(std::string_view glob, std::string_view path) {
  return llvm::Regex(regex_of(glob)).match(path);
}

}  // namespace corolint
